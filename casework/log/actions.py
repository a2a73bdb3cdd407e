"""What the codes of the audit log mean to a person, and which of them are looks, look-ups and broken seals."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    # Looking.
    "opened": _("opened a referral"),
    "looked_up": _("looked for a name"),
    "read_log": _("read the log"),
    "read_who_looked": _("asked who looked at a referral"),
    "read_grants": _("looked at who has access"),
    "read_chain": _("looked at the anchors of the log"),
    "exported_log": _("exported the log"),
    # Referrals.
    "arrived": _("something arrived from a referrer"),
    "recorded": _("recorded a referral"),
    "taken": _("took a referral"),
    "answered": _("answered the referrer"),
    "talk_recorded": _("recorded a talk with the referrer"),
    "note_written": _("wrote a note"),
    "advice_written": _("wrote an advice"),
    "action_written": _("wrote down an action"),
    "boundary_written": _("judged the boundary"),
    "handover_written": _("wrote a hand-over note"),
    "closing_written": _("wrote a closing note"),
    "handover_asked": _("asked a colleague to take over"),
    "handover_accepted": _("accepted a hand-over"),
    "handover_declined": _("declined a hand-over"),
    "handover_ended": _("took a hand-over back"),
    "handed_over": _("handed a referral over"),
    "code_handed_out": _("handed out a code"),
    "code_replaced": _("replaced a code"),
    "identity_offered": _("recorded that an identity was offered"),
    "identity_held": _("took an identity in"),
    "identity_withdrawn": _("recorded that an identity was withdrawn"),
    "withdrawn": _("recorded that a referral was withdrawn"),
    "closed": _("closed a referral"),
    "erased": _("a referral was erased at the end of its term"),
    # Who may come in.
    "refused_broken_seal": _("was refused: a seal is broken"),
    "refused_guessing": _("was refused: somebody who knows the password guesses codes"),
    "invited_first": _("the first account was invited"),
    "proposed": _("proposed a change of an account"),
    "approved": _("approved a change of an account"),
    "refused": _("refused a change of an account"),
    "withdrew": _("took a proposal back"),
    "accepted": _("accepted an invitation"),
    "changed_roles": _("changed the roles of an account"),
    "ended_account": _("ended an account"),
    "changed_own_sign_in": _("changed the own sign-in"),
    "ended_grant": _("ended a grant"),
    # Keys and backups.
    "key_rotation_begun": _("began a rotation of the keys"),
    "keys_rotated": _("sealed all rows anew with another key"),
    "zone_key_rotated": _("made a new key pair for what comes in"),
    "zone_key_removed": _("removed an old key for what came in"),
    "backup_made": _("a backup was made"),
    "restored": _("the zone was restored from a backup"),
    # The log itself, and what watches.
    "anchored": _("an anchor of the log was written"),
    "loss_accepted": _("accepted that rows of the log were lost by a restore"),
    "acknowledged_alarm": _("saw to an alarm"),
}
# A referral was shown to somebody: what "who looked at this" counts, and what unusual reading is reckoned from.
LOOKS = frozenset({"opened"})
# Names were searched for.
LOOKUPS = frozenset({"looked_up"})
# A row that the application did not make was refused.
BROKEN_SEALS = frozenset({"refused_broken_seal"})
# Too many wrong codes after the right password of an account.
GUESSING = frozenset({"refused_guessing"})

KINDS = {
    "referral": _("referral"),
    "alarm": _("alarm"),
    "user": _("account"),
    "grant": _("grant"),
    "invitation": _("invitation"),
}


def label(action: str) -> str:
    """What an action is in words; the code itself where nobody gave it any."""
    return str(LABELS.get(action, action))
