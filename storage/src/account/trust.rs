//! What somebody else has accepted of a person's texts.

use domain::Result;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{Database, error::to_domain, write::Write};

/// Section, day and decider of each: a proposal that another person took, or a revision that another
/// person reviewed. Whose account is gone since has still accepted it.
const ACCEPTED: &str = "SELECT p.section_id AS section_id, p.created_at / 86400000000 AS day, \
    p.decided_by AS decider FROM proposal p WHERE p.author_id = $1 AND p.state = 'accepted' \
    AND (p.decided_by IS NULL OR p.decided_by <> p.author_id) \
    UNION ALL SELECT r.section_id, r.created_at / 86400000000, v.reviewer_id FROM review v \
    JOIN revision r ON r.number = v.revision_number WHERE r.author_id = $1 \
    AND (v.reviewer_id IS NULL OR v.reviewer_id <> r.author_id)";

/// Counts anew, in the transaction of what somebody has just decided about a text of this author.
pub(crate) async fn recount(write: &Write<'_>, database: &Database, author: Uuid) -> Result<()> {
    let sql = format!(
        "UPDATE account SET \
         accepted_edits = (SELECT count(*) FROM (SELECT DISTINCT section_id, day FROM ({ACCEPTED}) a) b), \
         accepted_sections = (SELECT count(DISTINCT section_id) FROM ({ACCEPTED}) a), \
         accepted_days = (SELECT count(DISTINCT day) FROM ({ACCEPTED}) a), \
         accepted_deciders = (SELECT count(DISTINCT decider) FROM ({ACCEPTED}) a) WHERE id = $1"
    );
    write
        .on()
        .execute_raw(database.statement(&sql, vec![author.into()]))
        .await
        .map(|_| ())
        .map_err(to_domain)
}
