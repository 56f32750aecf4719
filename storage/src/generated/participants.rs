//! Invented participants of the registry.

use domain::{Result, account::Actor, time::CalendarDate};

use super::{Rows, random::Random};
use crate::{Storage, registry, write::Write};

/// Participants of one transaction.
const BATCH: usize = 1_000;

impl Storage {
    /// Adds invented people, each of whom has begun to enrol themselves. For a database without other
    /// invented ones.
    pub async fn generate_participants(&self, count: usize) -> Result<()> {
        let now = self.database.now();
        let mut random = Random::new(16);
        for begin in (0..count).step_by(BATCH) {
            let mut rows = Rows::default();
            let mut accounts = Vec::new();
            for number in begin..count.min(begin + BATCH) {
                let id = random.key(now.0);
                rows.add_person(&mut random, (id, number), &[], &[], now.0);
                accounts.push(id);
            }
            // Others may be sealing the log now.
            rows.events.clear();
            self.put(rows).await?;
            let write = Write::begin(&self.database, Actor::Operator).await?;
            for account in accounts {
                let today = CalendarDate::of(now);
                registry::generate(&write, &self.database, &self.key, account, today).await?;
            }
            write.commit().await?;
        }
        Ok(())
    }
}
