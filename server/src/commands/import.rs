//! `rareshare import conditions|sections FILE`

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Subcommand;
use domain::{
    account::Actor,
    catalogue::{Catalogue, ImportReport, Progress},
    wiki::Wiki,
};
use indicatif::{ProgressBar, ProgressStyle};

use super::start;
use crate::{
    config::DataOptions,
    import::{self, Selection, SourceOverride},
};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Conditions, families, names and codes from an OBO file, plain or gzip.
    Conditions {
        /// The file.
        file: PathBuf,
        /// Subsets to take ("a|b") and to leave out ("-c"), with commas between, or "all".
        #[arg(long, default_value_t)]
        select: Selection,
        /// Name of the source, where the file does not say it.
        #[arg(long)]
        source_name: Option<String>,
        /// Its licence.
        #[arg(long)]
        source_licence: Option<String>,
        /// The sentence that credits it.
        #[arg(long)]
        source_attribution: Option<String>,
        /// Its home page.
        #[arg(long)]
        source_url: Option<String>,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Texts for empty sections from questions and answers as JSON lines, plain or gzip.
    Sections {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        data: DataOptions,
    },
}

pub(super) async fn run(what: What) -> Result<()> {
    match what {
        What::Conditions {
            file,
            select,
            source_name,
            source_licence,
            source_attribution,
            source_url,
            data,
        } => {
            let credit = SourceOverride {
                name: source_name,
                licence: source_licence,
                attribution: source_attribution,
                url: source_url,
            };
            // The whole file is understood before the database is opened.
            let bar = Bar::new("Reading", &file);
            let names = import::display_names()?;
            let mut import =
                import::read_conditions(&file, &select, names, &credit, |done, total| {
                    bar.step(done, total);
                })?;
            import.everyday_names = import::everyday_names()?;
            bar.finish();
            let storage = start::open(&data).await?;
            start::load_starter(&storage).await?;
            let bar = Bar::new("Storing", &file);
            let report = storage
                .catalogue()
                .import(Actor::Operator, import, &bar)
                .await?;
            bar.finish();
            show(&report);
        }
        What::Sections { file, data } => {
            let bar = Bar::new("Reading", &file);
            let import = import::read_sections(&file, |done, total| bar.step(done, total))?;
            bar.finish();
            let storage = start::open(&data).await?;
            start::load_starter(&storage).await?;
            let bar = Bar::new("Storing", &file);
            let report = storage.wiki().import(Actor::Operator, import, &bar).await?;
            bar.finish();
            show(&report);
        }
    }
    Ok(())
}

fn show(report: &ImportReport) {
    println!("{}", import::table(report));
}

/// A progress bar on a terminal; silent elsewhere.
struct Bar(ProgressBar);

impl Bar {
    fn new(doing: &'static str, file: &Path) -> Self {
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let bar = ProgressBar::new(1).with_message(format!("{doing} {name}"));
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {percent} % {elapsed}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn step(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}
