//! What becomes of leaders where a condition is merged into another one.

use domain::Result;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::error::to_domain;

/// Moves leaders, what people are told of invitations, welcome message, registry elsewhere and requests of a
/// condition to the one that replaces it. What is there already stays: of two leaderships of one person, the
/// welcome message, the registry, and what is pinned.
pub(in crate::community) async fn follow<C: ConnectionTrait>(
    on: &C,
    condition: Uuid,
    replacement: Uuid,
) -> Result<()> {
    let open = "state IN ('invited', 'leading')";
    let other = format!(
        "EXISTS (SELECT 1 FROM leadership o WHERE o.account_id = leadership.account_id \
         AND o.condition_id = $2 AND o.{open}"
    );
    for sql in [
        // Whoever leads the one and is invited to the other leads.
        "UPDATE leadership SET state = 'left', words = '' WHERE condition_id = $2 AND state = 'invited' \
         AND EXISTS (SELECT 1 FROM leadership o WHERE o.account_id = leadership.account_id \
         AND o.condition_id = $1 AND o.state = 'leading')"
            .to_owned(),
        format!(
            "UPDATE leadership SET state = 'left', words = '' WHERE condition_id = $1 AND {open} AND {other})"
        ),
        "UPDATE leadership SET condition_id = $2 WHERE condition_id = $1".to_owned(),
        "UPDATE notification SET condition_id = $2 WHERE condition_id = $1 AND kind = 'invitation'"
            .to_owned(),
        "UPDATE community_request SET condition_id = $2 WHERE condition_id = $1".to_owned(),
        "UPDATE community_welcome SET condition_id = $2 WHERE condition_id = $1 AND NOT EXISTS \
         (SELECT 1 FROM community_welcome o WHERE o.condition_id = $2)"
            .to_owned(),
        "UPDATE outside_registry SET condition_id = $2 WHERE condition_id = $1 AND NOT EXISTS \
         (SELECT 1 FROM outside_registry o WHERE o.condition_id = $2)"
            .to_owned(),
    ] {
        let values = [condition.into(), replacement.into()];
        let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
        on.execute_raw(statement).await.map_err(to_domain)?;
    }
    for table in ["community_welcome", "outside_registry", "pinned_topic"] {
        let sql = format!("DELETE FROM {table} WHERE condition_id = $1");
        let values = [condition.into()];
        let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
        on.execute_raw(statement).await.map_err(to_domain)?;
    }
    Ok(())
}
