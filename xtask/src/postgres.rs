//! A `PostgreSQL` cluster for one run, in a temporary folder.

use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::apt;
use crate::machine;
use crate::project::{Project, is_executable};
use crate::run;

/// The oldest that the storage promises to work with.
const OLDEST: u32 = 15;

/// Waits until its input closes, however that comes about, then stops and removes the cluster.
/// A program of its own, so that it also tidies up after Ctrl-C, a panic or a kill of xtask.
const WATCHDOG: &str = r#"
cat >/dev/null
folder=$1; shift
"$@" -D "$folder/data" -m immediate -s stop >/dev/null 2>&1
rm -rf -- "$folder"
"#;

pub(crate) struct Cluster {
    url: String,
    watchdog: Child,
}

/// The folder with `initdb` and `pg_ctl`, version 15 or newer; installed if it may be.
pub(crate) fn ensure_programs(project: &Project) -> Result<PathBuf> {
    if let Some(folder) = find_programs(project) {
        return Ok(folder);
    }
    apt::install(
        project,
        &["postgresql"],
        "the server programs of PostgreSQL 15 or newer, on which the storage tests run,",
    )?;
    find_programs(project).context(
        "Debian's postgresql was installed, but it is older than 15\n  \
         to fix: install PostgreSQL 15 or newer and put its `initdb` on PATH",
    )
}

fn find_programs(project: &Project) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    if let Some(initdb) = project.which("initdb") {
        // Followed to its end: `pg_ctl` lies beside the real file, not beside a link to it.
        let real = initdb.canonicalize().unwrap_or(initdb);
        folders.extend(real.parent().map(Path::to_path_buf));
    }
    folders
        .into_iter()
        .filter(|folder| is_executable(&folder.join("pg_ctl")))
        .filter_map(|folder| {
            let line = run::ask(project.command(folder.join("initdb")).arg("--version"))?;
            Some((major(&line)?, folder))
        })
        .filter(|(version, _)| *version >= OLDEST)
        .max()
        .map(|(_, folder)| folder)
}

/// `initdb (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)` is 15.
fn major(line: &str) -> Option<u32> {
    let version = line.split_once("(PostgreSQL)")?.1.trim();
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

impl Cluster {
    /// Speed before safety: its data live for minutes, and in memory where there is room.
    pub(crate) fn start(project: &Project, programs: &Path) -> Result<Self> {
        Self::start_in(project, programs, &machine::quick_folder(ROOM), FAST)
    }

    /// One that keeps what it has acknowledged, as a site's does.
    pub(crate) fn start_durable(project: &Project, programs: &Path) -> Result<Self> {
        Self::start_in(project, programs, &env::temp_dir(), "")
    }

    fn start_in(project: &Project, programs: &Path, parent: &Path, settings: &str) -> Result<Self> {
        // PostgreSQL refuses to run as root, so root lends it Debian's user.
        let owner = if machine::is_root(project) {
            Some(user_ids(project, "postgres")?)
        } else {
            None
        };
        let folder = tempfile::Builder::new()
            .prefix("rareshare-postgres-")
            .tempdir_in(parent)
            .context("could not create a temporary folder for PostgreSQL")?
            .keep();
        let as_owner = |program: &str| -> Vec<String> {
            let program = programs.join(program).display().to_string();
            if owner.is_some() {
                ["runuser", "-u", "postgres", "--", &program]
                    .map(str::to_owned)
                    .to_vec()
            } else {
                vec![program]
            }
        };
        let watchdog = watch(&folder, &as_owner("pg_ctl"))?;
        let mut cluster = Self {
            url: String::new(),
            watchdog,
        };
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group))
                .and_then(|()| fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)))
                .with_context(|| format!("could not hand {} to postgres", folder.display()))?;
        }

        let command = |words: Vec<String>| {
            let mut command = project.command(&words[0]);
            // The user postgres may not enter the repository.
            command.args(&words[1..]).current_dir(&folder);
            command
        };
        let data = folder.join("data");
        run::capture(
            command(as_owner("initdb"))
                .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
                .args(["--no-locale", "--no-sync", "-D"])
                .arg(&data),
        )?;
        // A port that was free may be taken a moment later: try again with another.
        let mut attempts = 0;
        loop {
            attempts += 1;
            let port = machine::free_port()?;
            configure(&data, port, settings)?;
            let log = folder.join("log");
            // Not captured: the server would inherit the pipe and keep it open for ever.
            let started = run::run(
                command(as_owner("pg_ctl"))
                    .args(["-s", "-w", "-t", "60", "start", "-D"])
                    .arg(&data)
                    .arg("-l")
                    .arg(&log)
                    .stdin(Stdio::null())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null()),
            );
            match started {
                Ok(()) => {
                    cluster.url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
                    return Ok(cluster);
                }
                Err(error) if attempts == 3 => {
                    return Err(error.context(format!(
                        "PostgreSQL did not start; the end of its log:\n{}",
                        run::tail(&log, 10)
                    )));
                }
                Err(_) => {}
            }
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// An empty database of its own; its URL.
    pub(crate) fn add_database(
        &self,
        project: &Project,
        programs: &Path,
        name: &str,
    ) -> Result<String> {
        let mut command = project.command(programs.join("createdb"));
        command.args(["--maintenance-db", &self.url, name]);
        run::capture(&mut command)?;
        let (server, _) = self.url.rsplit_once('/').context("a URL without a name")?;
        Ok(format!("{server}/{name}"))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closing its input is the sign to stop; then wait, so that nothing is left behind.
        drop(self.watchdog.stdin.take());
        // Nobody is left to tell if even this fails.
        let _ = self.watchdog.wait();
    }
}

fn watch(folder: &Path, pg_ctl: &[String]) -> Result<Child> {
    Command::new("sh")
        .args(["-c", WATCHDOG, "watchdog"])
        .arg(folder)
        .args(pg_ctl)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // A process group of its own: Ctrl-C ends the others and leaves this one its work.
        .process_group(0)
        .spawn()
        .context("could not start `sh`")
}

/// Each test makes a database of some eight hundred files: on a disk, that took longer than most tests.
const FAST: &str = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n\
     wal_level = minimal\nmax_wal_senders = 0\nmax_wal_size = 256MB\n";

/// In MiB: what such a cluster and the files of tests have come to need, four times.
pub(crate) const ROOM: u64 = 1024;

fn configure(data: &Path, port: u16, others: &str) -> Result<()> {
    let file = data.join("postgresql.conf");
    let settings = format!(
        "\nport = {port}\nlisten_addresses = '127.0.0.1'\n\
         unix_socket_directories = ''\n\
         max_connections = 200\n{others}"
    );
    fs::OpenOptions::new()
        .append(true)
        .open(&file)
        .and_then(|mut file| file.write_all(settings.as_bytes()))
        .with_context(|| format!("could not write {}", file.display()))
}

fn user_ids(project: &Project, user: &str) -> Result<(u32, u32)> {
    let id = |option: &str| -> Result<u32> {
        run::capture(project.command("id").args([option, user]))?
            .trim()
            .parse()
            .map_err(|_| anyhow!("`id {option} {user}` printed no number"))
    };
    let ids = id("-u").and_then(|user| Ok((user, id("-g")?)));
    if project.which("runuser").is_none() {
        bail!(
            "`runuser` was not found: PostgreSQL does not run as root\n  to fix: apt-get install util-linux"
        );
    }
    ids.context(
        "PostgreSQL does not run as root, and there is no user `postgres` to lend it\n  \
         to fix: useradd --system postgres",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        let debian = "initdb (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)";
        assert_eq!(major(debian), Some(15));
        assert_eq!(major("initdb (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major("something else"), None);
    }
}
