//! Triggers that note what visitors are shown otherwise, in the table `change`.
//!
//! A row of a table has *tags*: the table's name, and the conditions and topics that it belongs to. What
//! is inserted, updated or deleted leaves the tags of the row before and after, if a visitor can be
//! shown the one or the other ([`crate::changes`]). Landed migrations call this: what it does for the
//! tables that they name stays.

use std::fmt::Write as _;

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr};
use sea_orm_migration::SchemaManager;

/// A table of which visitors are shown something.
pub(super) struct Shown {
    pub(super) table: &'static str,
    /// Which rows a visitor can be shown, as an SQL condition on the row `{row}`.
    pub(super) when: &'static str,
    /// The columns of which a visitor can be shown something; all where there are none.
    pub(super) columns: &'static [&'static str],
    /// Whether a new row alone shows nothing.
    pub(super) not_when_new: bool,
    /// SQL expressions of the other tags, of the row `{row}`.
    pub(super) tags: &'static [&'static str],
}

impl Shown {
    /// A table each row of which is shown.
    pub(super) const fn whole(table: &'static str) -> Self {
        Self {
            table,
            when: "TRUE",
            columns: &[],
            not_when_new: false,
            tags: &[],
        }
    }

    /// Makes the triggers.
    pub(super) async fn note(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let statements = match manager.get_database_backend() {
            DatabaseBackend::Postgres if self.is_whole() => self.for_statements(),
            DatabaseBackend::Postgres => self.for_rows_of_postgres(),
            _ => self.for_rows_of_sqlite(),
        };
        for sql in statements {
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    /// Removes them.
    pub(super) async fn forget(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let table = self.table;
        if manager.get_database_backend() == DatabaseBackend::Postgres {
            let sql = format!("DROP FUNCTION {table}_changed() CASCADE");
            connection.execute_unprepared(&sql).await?;
            return Ok(());
        }
        for (name, _, _) in self.events() {
            let sql = format!("DROP TRIGGER {table}_changed_{name}");
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    fn is_whole(&self) -> bool {
        self.when == "TRUE" && self.tags.is_empty() && !self.not_when_new
    }

    /// What happens to a row, and as what it is there before and after.
    fn events(&self) -> Vec<(&'static str, String, &'static [&'static str])> {
        let update = match self.columns {
            [] => "UPDATE".to_owned(),
            columns => format!("UPDATE OF {}", columns.join(", ")),
        };
        let mut events = Vec::new();
        if !self.not_when_new {
            events.push(("insert", "INSERT".to_owned(), &["NEW"] as &[_]));
        }
        events.push(("update", update, &["OLD", "NEW"]));
        events.push(("delete", "DELETE".to_owned(), &["OLD"]));
        events
    }

    fn of_row(sql: &str, row: &str, hex: (&str, &str)) -> String {
        sql.replace("{row}", row)
            .replace("{hex(", hex.0)
            .replace(")}", hex.1)
    }

    /// The tags of a row, as rows of one column `tag`.
    fn tags_of(&self, row: &str, hex: (&str, &str)) -> String {
        let mut sql = format!("SELECT '{}' AS tag", self.table);
        for tag in self.tags {
            sql.push_str(" UNION ALL SELECT ");
            sql.push_str(&Self::of_row(tag, row, hex));
        }
        sql
    }

    fn for_rows_of_sqlite(&self) -> Vec<String> {
        let hex = ("lower(hex(", "))");
        let table = self.table;
        let events = self.events().into_iter().map(|(name, event, rows)| {
            let mut sql =
                format!("CREATE TRIGGER {table}_changed_{name} AFTER {event} ON {table} BEGIN ");
            for row in rows {
                let tags = self.tags_of(row, hex);
                let when = Self::of_row(self.when, row, hex);
                // Writing to a String cannot fail.
                let _ = write!(
                    sql,
                    "INSERT INTO change (batch, tag, noted_at) \
                     SELECT value, tag, unixepoch() * 1000000 FROM change_batch, ({tags}) \
                     WHERE tag IS NOT NULL AND ({when}) ON CONFLICT DO NOTHING; "
                );
            }
            sql + "END"
        });
        events.collect()
    }

    fn for_rows_of_postgres(&self) -> Vec<String> {
        let hex = ("replace((", ")::text, '-', '')");
        let table = self.table;
        let note = |row: &str, unless: &str| {
            let tags = self.tags_of(row, hex);
            let when = Self::of_row(self.when, row, hex);
            format!(
                "IF TG_OP <> '{unless}' AND ({when}) THEN \
                 INSERT INTO change (batch, tag, noted_at) \
                 SELECT pg_current_xact_id()::text::bigint, tag, (extract(epoch from now()) * 1000000)::bigint \
                 FROM ({tags}) AS tags WHERE tag IS NOT NULL ON CONFLICT DO NOTHING; END IF; "
            )
        };
        let mut statements = vec![format!(
            "CREATE FUNCTION {table}_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             {}{}RETURN NULL; END $$",
            note("OLD", "INSERT"),
            note("NEW", "DELETE"),
        )];
        for (name, event, _) in self.events() {
            statements.push(format!(
                "CREATE TRIGGER {table}_changed_{name} AFTER {event} ON {table} \
                 FOR EACH ROW EXECUTE FUNCTION {table}_changed()"
            ));
        }
        statements
    }

    /// Once for each statement: an import writes hundreds of thousands of rows.
    fn for_statements(&self) -> Vec<String> {
        let table = self.table;
        let mut statements = vec![format!(
            "CREATE FUNCTION {table}_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF EXISTS (SELECT 1 FROM touched) THEN INSERT INTO change (batch, tag, noted_at) \
             VALUES (pg_current_xact_id()::text::bigint, '{table}', \
             (extract(epoch from now()) * 1000000)::bigint) ON CONFLICT DO NOTHING; END IF; \
             RETURN NULL; END $$"
        )];
        for (name, event, rows) in [
            ("insert", "INSERT", "NEW"),
            ("update", "UPDATE", "NEW"),
            ("delete", "DELETE", "OLD"),
        ] {
            statements.push(format!(
                "CREATE TRIGGER {table}_changed_{name} AFTER {event} ON {table} \
                 REFERENCING {rows} TABLE AS touched \
                 FOR EACH STATEMENT EXECUTE FUNCTION {table}_changed()"
            ));
        }
        statements
    }
}
