//! `rareshare import conditions|sections|trials FILE`

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use domain::{
    account::Actor,
    catalogue::{Catalogue, ImportReport, Progress},
    trials::{Trials, TrialsImport},
    wiki::Wiki,
};
use indicatif::{ProgressBar, ProgressStyle};

use super::start;
use crate::{
    config::DataOptions,
    import::{self, ImportError, MaxSize, Selection, SourceOverride},
};

#[derive(Debug, Subcommand)]
pub(super) enum What {
    /// Conditions, families, names and codes from an OBO file, plain or gzip.
    Conditions {
        /// The file.
        file: PathBuf,
        /// Subsets to take ("a|b", "a&!b") and to leave out ("-c"; "-c/d" save below a taken d), with
        /// commas between, or "all".
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
        reading: Reading,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Texts for empty sections from questions and answers as JSON lines, plain or gzip.
    Sections {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        data: DataOptions,
    },
    /// Clinical trials from answers of ClinicalTrials.gov (API version 2, JSON), plain or gzip: pages,
    /// lists of studies, or single studies. All of the files are stored, or nothing.
    Trials {
        /// The files.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        reading: Reading,
        #[command(flatten)]
        data: DataOptions,
    },
}

/// What every import takes.
#[derive(Args, Debug)]
pub(super) struct Reading {
    /// How large the file may be when it is unpacked.
    #[arg(long, value_name = "SIZE", default_value_t)]
    max_size: MaxSize,
    /// A file to write everything into that was refused. On the screen are the first 20.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
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
            reading,
            data,
        } => {
            let refusals = Refusals::open(reading.report)?;
            let credit = SourceOverride {
                name: source_name,
                licence: source_licence,
                attribution: source_attribution,
                url: source_url,
            };
            // The whole file is understood before the database is opened.
            let bar = Bar::new("Reading", &file);
            let names = import::display_names()?;
            let import = import::read_conditions(
                &file,
                &select,
                names,
                &credit,
                reading.max_size,
                |done, total| bar.step(done, total),
            );
            bar.finish();
            let mut import = refusals.of_unusable(import)?;
            import.everyday_names = import::everyday_names()?;
            let storage = start::open(&data).await?;
            start::load_starter(&storage).await?;
            let bar = Bar::new("Storing", &file);
            let report = storage
                .catalogue()
                .import(Actor::Operator, import, &bar)
                .await?;
            bar.finish();
            refusals.show(&file, &report)
        }
        What::Sections {
            file,
            reading,
            data,
        } => {
            let refusals = Refusals::open(reading.report)?;
            let bar = Bar::new("Reading", &file);
            let import = import::read_sections(&file, reading.max_size, |done, total| {
                bar.step(done, total);
            });
            bar.finish();
            let import = refusals.of_unusable(import)?;
            let storage = start::open(&data).await?;
            start::load_starter(&storage).await?;
            let bar = Bar::new("Storing", &file);
            let report = storage.wiki().import(Actor::Operator, import, &bar).await?;
            bar.finish();
            refusals.show(&file, &report)
        }
        What::Trials {
            files,
            reading,
            data,
        } => trials(&files, reading, &data).await,
    }
}

/// Reads the files one after the other, and stores what they have.
async fn trials(files: &[PathBuf], reading: Reading, data: &DataOptions) -> Result<()> {
    let refusals = Refusals::open(reading.report)?;
    let mut import = TrialsImport::default();
    for file in files {
        let bar = Bar::new("Reading", file);
        let read = import::read_trials(&mut import, file, reading.max_size, |done, total| {
            bar.step(done, total);
        });
        bar.finish();
        read?;
    }
    if import.is_empty() && !import.refused.is_empty() {
        refusals.write(&import::study_lines(&import.refused))?;
        say!(
            "{}",
            import::refused_studies(&import.refused, refusals.path())
        );
        bail!("no study can be used, so nothing was changed");
    }
    let storage = start::open(data).await?;
    start::load_starter(&storage).await?;
    let bar = Bar::new("Storing", Path::new("clinical trials"));
    let store = storage.trials();
    let report = store.import(Actor::Operator, import, &bar).await?;
    bar.finish();
    say!("{}", import::trials_table(&report, refusals.path()));
    refusals
        .write(&import::study_lines(&report.refused))
        .context("the import is stored, but not all of its report")
}

/// Where what was refused is written.
struct Refusals(Option<(PathBuf, File)>);

impl Refusals {
    /// Opened before anything is read, so that a place where nobody can write is known in time.
    fn open(path: Option<PathBuf>) -> Result<Self> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let file = File::create(&path)
            .with_context(|| format!("cannot write the report {}", path.display()))?;
        Ok(Self(Some((path, file))))
    }

    fn path(&self) -> Option<&Path> {
        let Self(report) = self;
        report.as_ref().map(|(path, _)| path.as_path())
    }

    fn write(&self, lines: &str) -> Result<()> {
        let Self(Some((path, file))) = self else {
            return Ok(());
        };
        let mut file = file;
        file.write_all(lines.as_bytes())
            .with_context(|| format!("cannot write the report {}", path.display()))
    }

    /// Of a file that has nothing else, what was refused is all that there is to say.
    fn of_unusable<T>(&self, read: Result<T, ImportError>) -> Result<T> {
        if let Err(ImportError::NothingUsable { refused, .. }) = &read {
            self.write(&import::refusal_lines(refused))?;
            say!("{}", import::refusals(refused, self.path()));
        }
        read.map_err(Into::into)
    }

    /// What an import did; an error if that was nothing because nothing could be used.
    fn show(&self, file: &Path, report: &ImportReport) -> Result<()> {
        say!("{}", import::table(report, self.path()));
        self.write(&import::refusal_lines(&report.refused))
            .context("the import is stored, but not all of its report")?;
        let nothing = [
            report.selected,
            report.held,
            report.unchanged,
            report.withdrawn,
        ];
        if nothing == [0; 4] {
            bail!(
                "{}: nothing in it can be used, so nothing was changed",
                file.display()
            );
        }
        Ok(())
    }
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
