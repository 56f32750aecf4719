//! `cargo xtask test`: every check, as named steps, stopping at the first failure.

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::build;
use crate::data;
use crate::house;
use crate::machine;
use crate::node;
use crate::notes::Notes;
use crate::postgres::{self, Cluster};
use crate::progress::duration;
use crate::project::Project;
use crate::run;
use crate::table;
use crate::tools;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only this step (may be given several times)
    #[arg(long, value_name = "STEP", conflicts_with = "from")]
    only: Vec<String>,
    /// Begin at this step
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// List the steps and do nothing
    #[arg(long)]
    list: bool,
    /// The folder of real data, for the tests that need it; without it that of
    /// `RARESHARE_TEST_DATA`
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// Runs only where it is named: with data, `unit` and `browser` run the same tests.
const REAL_DATA: &str = "real-data";

#[derive(Clone, Copy, PartialEq)]
enum Need {
    Rustfmt,
    Clippy,
    WasmTarget,
    BundleTools,
    Postgres,
    NodePackages,
    Chromium,
    Java,
}

struct Step {
    name: &'static str,
    about: &'static str,
    needs: &'static [Need],
    run: fn(&Project, &Prepared) -> Result<()>,
}

/// What the preparation found.
struct Prepared {
    data: Option<PathBuf>,
    notes: Notes,
    postgres: Option<PathBuf>,
    chromium: Option<PathBuf>,
}

impl Prepared {
    /// Tells the tests that this command runs where real data is, and where to leave notes.
    fn tell(&self, command: &mut Command) {
        if let Some(folder) = &self.data {
            command.env(data::VARIABLE, folder);
        } else {
            command.env_remove(data::VARIABLE);
        }
        self.notes.tell(command);
    }
}

/// Quick checks first.
const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "rustfmt changes nothing",
        needs: &[Need::Rustfmt],
        run: |project, _| run::run(project.cargo().args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "house",
        about: "the house rules that no compiler checks",
        needs: &[],
        run: |project, _| house::check(project),
    },
    Step {
        name: "clippy",
        about: "lints of everything that runs on the server",
        needs: &[Need::Clippy],
        run: |project, _| {
            run::run(
                project
                    .cargo()
                    .args(["clippy", "--workspace", "--exclude", "frontend"])
                    .args(["--all-targets", "--", "-D", "warnings"]),
            )
        },
    },
    Step {
        name: "clippy-browser",
        about: "lints of everything that runs in the browser",
        needs: &[Need::Clippy, Need::WasmTarget],
        run: |project, _| {
            run::run(
                project
                    .cargo()
                    .args(["clippy", "-p", "frontend"])
                    .args(["--target", "wasm32-unknown-unknown"])
                    .args(["--", "-D", "warnings"]),
            )
        },
    },
    Step {
        name: "unit",
        about: "unit, property, storage (SQLite and PostgreSQL) and router tests",
        needs: &[Need::Postgres],
        run: |project, prepared| rust_tests(project, prepared, None),
    },
    Step {
        name: "doc",
        about: "the examples in the documentation of domain",
        needs: &[],
        run: |project, _| run::run(project.cargo().args(["test", "--doc", "-p", "domain"])),
    },
    Step {
        name: "bundle",
        about: "the release bundle for the browser",
        needs: &[Need::BundleTools],
        run: |project, _| build::bundle(project),
    },
    Step {
        name: "binary",
        about: "the server that the browser tests run, with that bundle",
        needs: &[],
        run: |project, _| build::tested_binary(project).map(drop),
    },
    Step {
        name: "browser",
        about: "journeys through the site in Chromium",
        needs: &[Need::NodePackages, Need::Chromium, Need::Java],
        run: |project, prepared| browser(project, prepared, &[]),
    },
    Step {
        name: REAL_DATA,
        about: "the tests on real data: RARESHARE_TEST_DATA or --data FOLDER",
        needs: &[
            Need::Postgres,
            Need::NodePackages,
            Need::Chromium,
            Need::Java,
        ],
        run: real_data,
    },
];

pub(crate) fn test(project: &Project, options: &Options) -> Result<()> {
    let steps = chosen(options)?;
    if options.list {
        let rows: Vec<Vec<String>> = STEPS
            .iter()
            .map(|step| vec![step.name.to_owned(), step.about.to_owned()])
            .collect();
        print!("{}", table::plain(&rows));
        return Ok(());
    }
    let data = data::folder(options.data.as_deref())?;
    if data.is_none() && steps.iter().any(|step| step.name == REAL_DATA) {
        bail!(
            "the step `{REAL_DATA}` needs real data\n  to fix: --data FOLDER, or {}=FOLDER",
            data::VARIABLE
        );
    }
    let without_data = data.is_none();

    let begun = Instant::now();
    let mut rows = vec![["step", "result", "time"].map(str::to_owned).to_vec()];
    let mut record = |name: &str, result: &str, time: Option<Duration>| {
        let time = time.map(duration).unwrap_or_default();
        rows.push(vec![name.to_owned(), result.to_owned(), time]);
    };

    // Everything at once and first: a missing package is said now, not after twenty minutes.
    let prepared = prepare(project, &steps, data)?;
    record("prepare", "ok", Some(begun.elapsed()));

    let mut failure = None;
    for step in steps {
        eprintln!("\n━━ {}: {}", step.name, step.about);
        let started = Instant::now();
        let result = (step.run)(project, &prepared);
        let time = started.elapsed();
        if let Err(error) = result {
            record(step.name, "FAILED", Some(time));
            failure = Some((step.name, error));
            break;
        }
        record(step.name, "ok", Some(time));
    }
    if without_data && options.only.is_empty() {
        record(REAL_DATA, "not tested", None);
    }
    record(
        "total",
        if failure.is_none() { "ok" } else { "FAILED" },
        Some(begun.elapsed()),
    );
    eprintln!("\n{}", table::plain(&rows));
    let hint = format!("To test on real data: cargo xtask test --only {REAL_DATA} --data FOLDER");
    let noted = prepared.notes.print(without_data.then_some(hint.as_str()));
    match failure {
        None => noted,
        Some((name, error)) => Err(error.context(format!(
            "the step `{name}` failed\n  to run it again: cargo xtask test --only {name}"
        ))),
    }
}

fn chosen(options: &Options) -> Result<Vec<&'static Step>> {
    let known = |name: &String| -> Result<usize> {
        STEPS
            .iter()
            .position(|step| step.name == name)
            .with_context(|| {
                format!("there is no step `{name}`\n  to fix: cargo xtask test --list")
            })
    };
    let unnamed = |steps: &'static [Step]| -> Vec<&'static Step> {
        steps.iter().filter(|step| step.name != REAL_DATA).collect()
    };
    if let Some(name) = &options.from {
        let steps = unnamed(&STEPS[known(name)?..]);
        if steps.is_empty() {
            bail!("nothing begins at the step `{name}`\n  to fix: cargo xtask test --only {name}");
        }
        return Ok(steps);
    }
    if options.only.is_empty() {
        return Ok(unnamed(STEPS));
    }
    let mut chosen = options
        .only
        .iter()
        .map(known)
        .collect::<Result<Vec<usize>>>()?;
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen.into_iter().map(|index| &STEPS[index]).collect())
}

fn prepare(project: &Project, steps: &[&Step], data: Option<PathBuf>) -> Result<Prepared> {
    let needs = |need: Need| steps.iter().any(|step| step.needs.contains(&need));
    let mut prepared = Prepared {
        data,
        notes: Notes::begin(project)?,
        postgres: None,
        chromium: None,
    };
    if needs(Need::Rustfmt) {
        tools::ensure_component(project, "rustfmt")?;
    }
    if needs(Need::Clippy) {
        tools::ensure_component(project, "clippy")?;
    }
    if needs(Need::Postgres) {
        prepared.postgres = Some(postgres::ensure_programs(project)?);
    }
    if needs(Need::Chromium) {
        prepared.chromium = Some(node::ensure_chromium(project)?);
    }
    if needs(Need::Java) {
        node::ensure_java(project)?;
    }
    if needs(Need::NodePackages) {
        node::ensure_packages(project)?;
    }
    if needs(Need::BundleTools) {
        tools::ensure_for_bundle(project)?;
    } else if needs(Need::WasmTarget) {
        tools::ensure_wasm_target(project)?;
    }
    Ok(prepared)
}

/// All of them, or those whose names contain a word.
fn rust_tests(project: &Project, prepared: &Prepared, word: Option<&str>) -> Result<()> {
    let programs = prepared
        .postgres
        .as_deref()
        .context("PostgreSQL was not prepared")?;
    let cluster = Cluster::start(project, programs)?;
    let mut command = project.cargo();
    // nextest runs tests of all crates side by side; plain `cargo test` does as well, slower.
    if run::ask(project.cargo().args(["nextest", "--version"])).is_some() {
        command.args(["nextest", "run"]);
    } else {
        // What a page waits for is spawned on the runtime of its test. In one process, side by side,
        // one test would wait for what another's has taken along; nextest has a process for each.
        command.arg("test").env("RUST_TEST_THREADS", "1");
    }
    command
        .args(["--workspace", "--exclude", "frontend", "--no-fail-fast"])
        .args(word)
        .env("RARESHARE_TEST_POSTGRES", cluster.url())
        .env("TMPDIR", machine::quick_folder(postgres::ROOM));
    prepared.tell(&mut command);
    run::run(&mut command)
}

fn built_binary(project: &Project) -> Result<PathBuf> {
    let binary = project.server_binary("debug");
    if !binary.is_file() {
        bail!(
            "there is no {}\n  to fix: cargo xtask test --only bundle --only binary",
            binary.display()
        );
    }
    Ok(binary)
}

fn browser(project: &Project, prepared: &Prepared, arguments: &[&str]) -> Result<()> {
    let binary = built_binary(project)?;
    let mut command = project.command("npx");
    // Never fetches a Playwright of another version than the lock file's.
    command
        .args(["--no-install", "playwright", "test"])
        .args(arguments)
        .current_dir(project.root.join("end2end"))
        .env("RARESHARE_BIN", binary);
    if let Some(chromium) = &prepared.chromium {
        command.env("CHROMIUM", chromium);
    }
    prepared.tell(&mut command);
    run::run(&mut command)
}

/// Tests that need real data are known by their names.
fn real_data(project: &Project, prepared: &Prepared) -> Result<()> {
    // Said before the tests that can run without it.
    built_binary(project)?;
    rust_tests(project, prepared, Some("real_data"))?;
    browser(project, prepared, &["--grep", "@real-data"])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[&str], from: Option<&str>) -> Result<Vec<&'static str>> {
        let steps = chosen(&Options {
            only: only.iter().map(|&name| name.to_owned()).collect(),
            from: from.map(str::to_owned),
            list: false,
            data: None,
        })?;
        Ok(steps.iter().map(|step| step.name).collect())
    }

    #[test]
    fn steps_are_chosen_by_name_and_keep_their_order() {
        assert_eq!(names(&[], None).unwrap().len(), STEPS.len() - 1);
        assert_eq!(
            names(&["unit", "format", "unit"], None).unwrap(),
            ["format", "unit"]
        );
        assert_eq!(names(&[], Some("binary")).unwrap(), ["binary", "browser"]);
        assert!(names(&["nothing"], None).is_err());
    }

    #[test]
    fn the_step_on_real_data_runs_only_where_it_is_named() {
        assert!(!names(&[], None).unwrap().contains(&REAL_DATA));
        assert_eq!(names(&[REAL_DATA], None).unwrap(), [REAL_DATA]);
        assert!(names(&[], Some(REAL_DATA)).is_err());
    }
}
