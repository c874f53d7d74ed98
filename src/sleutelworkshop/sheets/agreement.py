"""The arrangement as an empty form, to be filled in by hand when everything fails."""

from sleutelworkshop.dates import long_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Component, Script, StepKind
from sleutelworkshop.session.model import Session
from sleutelworkshop.sheets.blocks import BlankAgreement, ComponentRoom, Detail
from sleutelworkshop.sheets.run_sheet import source_of


def blank_agreement(script: Script, session: Session | None) -> BlankAgreement:
    """Return the empty form, with what is known of the group already filled in."""
    word = script.arrangement
    return BlankAgreement(
        title=_("Ons {arrangement}").format(arrangement=word[0].lower() + word[1:]),
        details=(
            Detail(_("School"), session.organisation if session else ""),
            Detail(_("Datum"), long_date(session.date) if session else ""),
            Detail(_("Begeleider"), session.facilitator if session else ""),
            Detail(
                ngettext("Team", "Teams", len(session.present_teams)) if session else _("Teams"),
                ", ".join(team.name for team in session.present_teams) if session else "",
            ),
        ),
        components=tuple(ComponentRoom(each.title, each.ask, _accent(script, each)) for each in script.components),
        asks_consent=any(step.kind is StepKind.CONSENT for step in script.steps()),
        signers=(_("Namens de school"), _("Namens de teams"), _("Begeleider")),
        foot=source_of(script),
    )


def _accent(script: Script, component: Component) -> int:
    """Return the number of the colour of the part in which a component comes up."""
    for part in script.parts:
        for step in part.steps:
            if component.id in step.agrees or any(question.id in component.questions for question in step.questions):
                return part.accent
    return 0
