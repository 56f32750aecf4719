//! `rareshare demo`: a database of its own in which all people and conversations are invented.

mod cast;
mod play;
mod script;
pub(super) mod sign_ins;
mod studies;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::{catalogue::Progress, time::Clock};
use indicatif::{ProgressBar, ProgressStyle};
use storage::{Storage, generated::Size};

use self::{
    cast::PlayedClock,
    play::Play,
    script::Script,
    sign_ins::{SignIn, SignIns},
};
use super::start;
use crate::{clock::SystemClock, config::DataOptions, private};

/// What `rareshare demo` takes. Nothing of it comes from the environment, which says where the real data
/// is.
#[derive(Args, Clone, Debug)]
pub(super) struct Options {
    /// Folder of the demonstration's database.
    #[arg(long, default_value = "demo")]
    data_dir: PathBuf,
    /// Another empty database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`.
    #[arg(long)]
    database_url: Option<String>,
    /// Folder of the demonstration's key. Default: beside the folder of its database, its name with
    /// "-keys" behind it.
    #[arg(long)]
    key_dir: Option<PathBuf>,
    /// In place of the demonstration, so many invented posts with their people and communities, for
    /// measurements.
    #[arg(long, value_name = "POSTS", conflicts_with = "sign_ins",
          value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    size: Option<u32>,
    /// Which posts these are: the same number gives the same ones.
    #[arg(long, default_value_t = 1, requires = "size")]
    seed: u64,
    /// Show how to sign in to the demonstration that is there, with the codes of this moment.
    #[arg(long)]
    sign_ins: bool,
}

impl Options {
    fn data(&self) -> DataOptions {
        DataOptions {
            data_dir: self.data_dir.clone(),
            database_url: self.database_url.clone(),
            key_dir: self.key_dir.clone(),
            master_key: None,
            next_master_key: None,
        }
    }
}

pub(super) async fn run(options: &Options) -> Result<()> {
    if options.sign_ins {
        return match SignIns::read(&options.data_dir)? {
            Some(sign_ins) => sign_ins.show(SystemClock.now()),
            None => bail!(
                "there is no demonstration in {} (make one with `rareshare demo`)",
                options.data_dir.display()
            ),
        };
    }
    if let Some(posts) = options.size {
        return generate(options, posts as usize).await;
    }
    let script = Script::read()?;
    let place = Place::of(options)?;
    let clock = Arc::new(PlayedClock::default());
    let present = SystemClock.now().0;
    // When the invented site began.
    clock.set(present - 45 * 24 * 3_600_000_000);
    let storage = place.open(Arc::clone(&clock) as Arc<dyn Clock>).await?;
    start::load_starter(&storage).await?;
    let password = sign_ins::password()?;
    let mut play = Play::new(storage.clone(), clock, &password);
    let bar = ProgressBar::new(0).with_style(ProgressStyle::with_template(
        "  {bar:30} what invented people do: {pos} of {len}",
    )?);
    let played = play.run(&script, present, |done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    played.await?;
    bar.finish_and_clear();
    let sign_ins = SignIns::new(password, sign_ins_of(&script, &play)?);
    storage.close().await?;
    place.finish()?;
    sign_ins.write(&options.data_dir)?;
    say!("The demonstration is in {}.", place.shown());
    sign_ins.show(SystemClock.now())?;
    say!("Serve it with `{}`.", place.to_serve());
    Ok(())
}

/// Data of any size, for measurements.
async fn generate(options: &Options, posts: usize) -> Result<()> {
    let place = Place::of(options)?;
    let storage = place.open(Arc::new(SystemClock)).await?;
    start::load_starter(&storage).await?;
    let size = Size {
        posts,
        seed: options.seed,
    };
    let bar = Bar(ProgressBar::new(0).with_style(ProgressStyle::with_template(
        "  {bar:30} {percent} % {elapsed}",
    )?));
    storage.generate(size, &bar).await?;
    bar.0.finish_and_clear();
    storage.close().await?;
    place.finish()?;
    say!(
        "{posts} posts of {} people in {} communities are in {}.",
        size.members(),
        size.conditions(),
        place.shown()
    );
    Ok(())
}

struct Bar(ProgressBar);

impl Progress for Bar {
    fn step(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

fn sign_ins_of(script: &Script, play: &Play) -> Result<Vec<SignIn>> {
    let leads = |key: &str| {
        script.communities.iter().find(|community| {
            let leader = community.leader.as_ref();
            leader.is_some_and(|leader| leader.by == key)
        })
    };
    script
        .people
        .iter()
        .map(|person| {
            let player = play.cast.player(&person.key)?;
            let role = match (person.role, leads(&person.key)) {
                (Some(role), _) => role.label().to_lowercase(),
                (None, Some(community)) => format!("leads {}", community.slug),
                (None, None) => String::new(),
            };
            Ok(SignIn {
                name: person.name.clone(),
                email: player.email.as_str().to_owned(),
                role,
                secret: player.secret.clone(),
                recovery_codes: player.recovery_codes.clone(),
            })
        })
        .collect()
}

/// Where a demonstration is made. A file gets its name when all is in it: what was cut off is made anew.
pub(super) struct Place {
    data: DataOptions,
    /// The file, unless the database is elsewhere.
    file: Option<PathBuf>,
}

impl Place {
    /// Fails where something is already.
    fn of(options: &Options) -> Result<Self> {
        let data = options.data();
        if data.database_url.is_some() {
            return Ok(Self { data, file: None });
        }
        let file = data.file();
        if file.exists() {
            bail!(
                "there is a database already: {}. To make the demonstration anew, remove it first",
                file.display()
            );
        }
        Ok(Self {
            data,
            file: Some(file),
        })
    }

    fn unfinished(file: &Path) -> PathBuf {
        file.with_extension("unfinished")
    }

    /// An empty database that says from its first event on that it is a demonstration.
    async fn open(&self, clock: Arc<dyn Clock>) -> Result<Storage> {
        let mut url = self.data.url()?;
        // Wherever the database is, the way to sign in is there.
        fs::create_dir_all(&self.data.data_dir)
            .with_context(|| format!("cannot make {}", self.data.data_dir.display()))?;
        self.data.close();
        if let Some(file) = &self.file {
            let unfinished = Self::unfinished(file);
            remove_database(&unfinished)?;
            url = format!("sqlite:{}", unfinished.display());
        }
        let key = self.data.key()?.key;
        let storage = Storage::open(&url, clock, key)
            .await
            .context("cannot open the database (see --data-dir and --database-url)")?;
        match storage.begin_demonstration().await {
            Err(domain::Error::Conflict) => bail!(
                "this database has been used. A demonstration needs an empty one, so that nothing \
                 real is in it"
            ),
            begun => begun?,
        }
        // From the first time on that it is asked, its secrets are under this key.
        if !storage.has_its_key().await? {
            bail!("the key is not the one of this database");
        }
        Ok(storage)
    }

    fn finish(&self) -> Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let unfinished = Self::unfinished(file);
        private::close_database(&unfinished)?;
        fs::rename(&unfinished, file)
            .with_context(|| format!("cannot rename {}", unfinished.display()))
    }

    fn shown(&self) -> String {
        match &self.file {
            Some(file) => file.display().to_string(),
            None => "the database".to_owned(),
        }
    }

    fn to_serve(&self) -> String {
        let mut command = format!(
            "rareshare serve --data-dir {}",
            self.data.data_dir.display()
        );
        if self.file.is_none() {
            command.push_str(" --database-url …");
        }
        command
    }
}

/// The file of a database, and those that SQLite has beside it.
fn remove_database(file: &Path) -> Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            removed => {
                removed.with_context(|| format!("cannot remove {}", name.to_string_lossy()))?;
            }
        }
    }
    Ok(())
}
