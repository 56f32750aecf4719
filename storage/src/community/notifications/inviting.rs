//! Telling people that they are invited to lead a community. A letter of its own has gone to them at once.

use domain::{Result, community::NotificationKind::Invitation, event::EventKind};
use uuid::Uuid;

use crate::{
    account::IN_GOOD_STANDING,
    community::{
        CommunityStore,
        muting::{Writer, has_muted},
    },
    write::Write,
};

/// Who invited to the leadership `l`.
const INVITER: Writer<'static> = Writer {
    account: "l.appointed_by",
    topic: "NULL",
    alias: "NULL",
};

/// After these an invitation is none any more. The subject is the leadership, as of the invitation.
pub(super) const ANSWERED: [EventKind; 3] = [
    EventKind::LeaderBegan,
    EventKind::LeaderDeclined,
    EventKind::LeaderEnded,
];

impl CommunityStore {
    /// Tells who is invited, unless they have muted who invites them, or something unread tells them the
    /// same.
    pub(super) async fn tell_invited(&self, write: &Write<'_>, leadership: Uuid) -> Result<()> {
        let kind = Invitation.as_str();
        let sql = format!(
            "INSERT INTO notification (account_id, condition_id, kind, created_at) \
             SELECT account.id, l.condition_id, '{kind}', $2 FROM leadership l \
             JOIN account ON account.id = l.account_id \
             WHERE l.id = $1 AND l.state = 'invited' AND {IN_GOOD_STANDING} AND NOT {} \
             AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.account_id = account.id \
             AND n.condition_id = l.condition_id AND n.kind = '{kind}' AND n.read_at IS NULL)",
            has_muted("account.id", INVITER)
        );
        self.execute(write, &sql, self.of_post(leadership)).await
    }

    /// Forgets that somebody was told of an invitation that is accepted, declined or over.
    pub(super) async fn forget_invitation(
        &self,
        write: &Write<'_>,
        leadership: Uuid,
    ) -> Result<()> {
        let sql = format!(
            "DELETE FROM notification WHERE kind = '{}' AND (account_id, condition_id) IN \
             (SELECT l.account_id, l.condition_id FROM leadership l \
             WHERE l.id = $1 AND l.state <> 'invited')",
            Invitation.as_str()
        );
        self.execute(write, &sql, vec![leadership.into()]).await
    }
}
