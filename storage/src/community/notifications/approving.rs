//! Telling of first posts: leaders that some wait, authors what became of theirs. Of what is published
//! under an alias nobody is told here: a notification would say whose it is.

use domain::{
    Result,
    community::NotificationKind::{self, Approval, Waiting},
};
use uuid::Uuid;

use super::{mail::mail_at, telling::insert};
use crate::{
    account::IN_GOOD_STANDING,
    community::{CommunityStore, leaders::COUNTS},
    write::Write,
};

/// Tells the people of a join with the row `f` of `first_post`, if nothing unread tells them the same.
fn insert_of_community(kind: NotificationKind, whom: &str) -> String {
    let name = kind.as_str();
    format!(
        "INSERT INTO notification (account_id, condition_id, kind, created_at, mail_at) \
         SELECT account.id, f.condition_id, '{name}', $2, {} FROM first_post f {whom} \
         AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.account_id = account.id \
         AND n.condition_id = f.condition_id AND n.kind = '{name}' AND n.read_at IS NULL)",
        mail_at(kind)
    )
}

impl CommunityStore {
    /// Tells the leaders of a community that a first post waits.
    pub(super) async fn tell_leaders(&self, write: &Write<'_>, waiting: Uuid) -> Result<()> {
        let leaders = format!(
            "JOIN leadership l ON l.condition_id = f.condition_id AND {COUNTS} \
             JOIN account ON account.id = l.account_id \
             WHERE f.id = $1 AND f.declined_at IS NULL AND account.id <> f.account_id"
        );
        let sql = insert_of_community(Waiting, &leaders);
        self.execute(write, &sql, self.of_post(waiting)).await
    }

    /// Tells its author of a first post that is declined.
    pub(super) async fn tell_of_declined(&self, write: &Write<'_>, declined: Uuid) -> Result<()> {
        let author = format!(
            "JOIN account ON account.id = f.account_id \
             WHERE f.id = $1 AND f.declined_at IS NOT NULL AND {IN_GOOD_STANDING}"
        );
        let sql = insert_of_community(Approval, &author);
        self.execute(write, &sql, self.of_post(declined)).await
    }

    /// Tells its author of a first post that is published.
    pub(super) async fn tell_of_approved(&self, write: &Write<'_>, post: Uuid) -> Result<()> {
        let sql = format!(
            "{} JOIN account ON account.id = p.account_id \
             WHERE p.id = $1 AND p.deleted_at IS NULL AND p.hidden_at IS NULL \
             AND {IN_GOOD_STANDING} ON CONFLICT DO NOTHING",
            insert(Approval)
        );
        self.execute(write, &sql, self.of_post(post)).await
    }
}
