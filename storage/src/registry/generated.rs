//! Invented participants, for measurements.

use domain::{
    Result,
    registry::screening::{Answer, ForWhom, Status},
    time::CalendarDate,
};
use uuid::Uuid;

use super::{
    PSEUDONYM_PREFIX,
    holding::{self, Held},
    record,
};
use crate::{Database, MasterKey, token, write::Write};

/// The only participant of an account: somebody who has begun to enrol themselves.
pub(crate) async fn generate(
    write: &Write<'_>,
    database: &Database,
    master: &MasterKey,
    account: Uuid,
    today: CalendarDate,
) -> Result<()> {
    let held = Held {
        address: token::public_id()?,
        pseudonym: format!("{PSEUDONYM_PREFIX}{}", token::public_id()?.to_uppercase()),
    };
    record::begin(write, master, &held.pseudonym, today).await?;
    let mut known = record::read(write.on(), database, master, &held.pseudonym).await?;
    for answer in [
        Answer::ForWhom(ForWhom::Myself),
        Answer::Status(Status::Affected),
    ] {
        known.enrolment.screening.put(answer, today)?;
    }
    record::keep_screening(write, &known, &held.pseudonym).await?;
    holding::put(write.on(), master, account, &[held]).await
}
