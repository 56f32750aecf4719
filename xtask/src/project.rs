//! Where things are: the repository, its build folder and the tools outside of it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::run;

#[derive(Clone)]
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    /// Cargo's build folder; `CARGO_TARGET_DIR` and configuration included.
    pub(crate) target: PathBuf,
    /// Tools live outside `target/`, so that `cargo clean` does not cost ten minutes.
    pub(crate) tools: PathBuf,
}

impl Project {
    pub(crate) fn find() -> Result<Self> {
        // Set by `cargo run`; the compiled-in value serves a binary that is started by hand.
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .parent()
            .context("the xtask crate has no parent folder")?
            .to_path_buf();
        let tools = tools_folder()?;
        let mut project = Self {
            target: root.join("target"),
            root,
            tools,
        };
        project.target = project.target_from_cargo()?;
        Ok(project)
    }

    fn target_from_cargo(&self) -> Result<PathBuf> {
        let mut command = self.cargo();
        command.args(["metadata", "--format-version", "1", "--no-deps"]);
        let metadata: serde_json::Value = serde_json::from_str(&run::capture(&mut command)?)
            .context("`cargo metadata` printed something that is not JSON")?;
        metadata["target_directory"]
            .as_str()
            .map(PathBuf::from)
            .context("`cargo metadata` names no target_directory")
    }

    /// The release or debug binary of the server.
    pub(crate) fn server_binary(&self, profile: &str) -> PathBuf {
        self.target
            .join(profile)
            .join(format!("rareshare{}", env::consts::EXE_SUFFIX))
    }

    /// What Trunk writes and the server embeds.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    pub(crate) fn tools_bin(&self) -> PathBuf {
        self.tools.join("bin")
    }

    pub(crate) fn tools_log(&self, name: &str) -> PathBuf {
        self.tools.join("log").join(format!("{name}.txt"))
    }

    /// A command in the repository that finds our tools first.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.path());
        // `cargo run` describes xtask to us. Passed on, build scripts that watch these variables
        // would run again whenever a person and xtask take turns with Cargo.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_")
                || text.starts_with("CARGO_MANIFEST_")
                || text == "CARGO_BIN_NAME"
                || text == "CARGO_CRATE_NAME"
            {
                command.env_remove(&name);
            }
        }
        command
    }

    /// The very Cargo that runs us.
    pub(crate) fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    pub(crate) fn rustc(&self) -> Command {
        self.command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
    }

    /// `PATH` with the tools' folder in front.
    pub(crate) fn path(&self) -> std::ffi::OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.tools_bin()).chain(env::split_paths(&inherited));
        env::join_paths(folders).unwrap_or(inherited)
    }

    /// The program of that name on our `PATH`, if any.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        env::split_paths(&self.path())
            .map(|folder| folder.join(program))
            .find(|path| is_executable(path))
    }
}

fn tools_folder() -> Result<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(folder) = set("RARESHARE_TOOLS") {
        return std::path::absolute(&folder)
            .with_context(|| format!("RARESHARE_TOOLS is not a path: {}", folder.display()));
    }
    let cache = set("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| {
            anyhow!(
                "there is no home folder to keep the build tools in\n  \
                 to fix: RARESHARE_TOOLS=/some/folder cargo xtask …"
            )
        })?;
    Ok(cache.join("rareshare/tools"))
}

pub(crate) fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}
