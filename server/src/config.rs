//! What an operator can set: on the command line or as environment variables. `rareshare.env` in
//! the repository documents all of them.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use domain::{Error, registry::OutsideRegistry};

use crate::{
    http::{Places, Proxies},
    keys, private,
};

/// Where the data is. Every command takes these.
#[derive(Args, Clone, Debug)]
pub struct DataOptions {
    /// Folder of the embedded database.
    #[arg(long, env = "RARESHARE_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// Database: `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`. Default: a file in the data
    /// folder.
    #[arg(long, env = "RARESHARE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Folder of the key under which the database has its secrets; made at the first start. Default:
    /// beside the data folder, its name with "-keys" behind it.
    #[arg(long, env = "RARESHARE_KEY_DIR")]
    pub key_dir: Option<PathBuf>,
    /// That key itself, 32 bytes in base64, for several machines with one database.
    #[arg(long, env = "RARESHARE_MASTER_KEY", hide_env_values = true)]
    pub master_key: Option<String>,
    /// The key that is to take its place, on all machines before `rareshare keys rotate`; then both.
    #[arg(long, env = "RARESHARE_NEXT_MASTER_KEY", hide_env_values = true)]
    pub next_master_key: Option<String>,
}

impl DataOptions {
    /// The database's URL. Makes the data folder where the database is a file in it.
    pub fn url(&self) -> anyhow::Result<String> {
        if let Some(url) = &self.database_url {
            return Ok(url.clone());
        }
        std::fs::create_dir_all(&self.data_dir).with_context(|| {
            format!(
                "cannot make the data folder {} (set another with --data-dir)",
                self.data_dir.display()
            )
        })?;
        Ok(format!("sqlite:{}", self.file().display()))
    }

    /// The key of the site. Makes one where there is none.
    pub fn key(&self) -> anyhow::Result<keys::Loaded> {
        let given = match (&self.master_key, &self.next_master_key) {
            (Some(key), next) => Some((key.as_str(), next.as_deref())),
            (None, None) => None,
            (None, Some(_)) => {
                bail!("--next-master-key goes with --master-key; a key in a folder needs neither")
            }
        };
        keys::load(given, &self.key_folder()?)
    }

    /// Where the key is, unless it is given.
    pub fn key_folder(&self) -> anyhow::Result<PathBuf> {
        match &self.key_dir {
            Some(folder) => Ok(folder.clone()),
            None => keys::beside(&self.data_dir),
        }
    }

    /// Takes everybody else's rights to the data away, also to what is there from before.
    pub fn close(&self) {
        let elsewhere = self
            .database_url
            .as_deref()
            .and_then(|url| url.strip_prefix("sqlite:"))
            .map(|path| path.split('?').next().unwrap_or(path))
            .map(|path| Path::new(path.strip_prefix("//").unwrap_or(path)));
        let closed = private::close(&self.data_dir)
            .and_then(|()| elsewhere.map_or(Ok(()), private::close_database));
        if let Err(error) = closed {
            // On some file systems there are no rights.
            eprintln!(
                "rareshare: others on this machine may be able to read {}: {error}",
                self.data_dir.display()
            );
        }
    }

    /// The file of the embedded database.
    pub fn file(&self) -> PathBuf {
        self.data_dir.join("rareshare.db")
    }
}

/// What `rareshare serve` takes besides.
#[derive(Args, Clone, Debug)]
pub struct ServeOptions {
    /// Address to listen on.
    #[arg(long, env = "RARESHARE_ADDRESS", default_value = "127.0.0.1:3000")]
    pub address: SocketAddr,
    /// Address of the Prometheus metrics, or "off".
    #[arg(
        long,
        env = "RARESHARE_METRICS_ADDRESS",
        default_value = "127.0.0.1:9464"
    )]
    pub metrics_address: String,
    /// Scheme and host that people use, for canonical links. Default: the address.
    #[arg(long, env = "RARESHARE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Address or network of a proxy in front, such as 127.0.0.1 or 10.0.0.0/8, whose word about
    /// the client's address (X-Forwarded-For) counts. Can be given several times, or with commas.
    #[arg(long, env = "RARESHARE_TRUSTED_PROXY", value_delimiter = ',', value_parser = network)]
    pub trusted_proxy: Vec<ipnet::IpNet>,
    /// Most connections at once. Less where the process may not open as many files.
    #[arg(long, env = "RARESHARE_CONNECTIONS", default_value_t = 2048)]
    pub connections: usize,
    /// Most connections at once from one network; no more than a quarter of all. Proxies that are
    /// trusted are no network.
    #[arg(long, env = "RARESHARE_NETWORK_CONNECTIONS", default_value_t = 256)]
    pub network_connections: usize,
    /// Name of the site.
    #[arg(long, env = "RARESHARE_SITE_NAME", default_value = "RareShare")]
    pub site_name: String,
    /// How to reach the operator: a mail address or a web address.
    #[arg(
        long,
        env = "RARESHARE_CONTACT",
        default_value = "the operator of this site"
    )]
    pub contact: String,
    /// Where people who find a weakness of the site can tell of it: a mail address or a web address.
    /// Default: the contact, where it is one.
    #[arg(long, env = "RARESHARE_SECURITY_CONTACT")]
    pub security_contact: Option<String>,
    /// Mail server, like <smtps://user:password@mail.example.org>. Without one, letters become files
    /// in the folder "outbox" of the data folder.
    #[arg(long, env = "RARESHARE_SMTP_URL", hide_env_values = true)]
    pub smtp_url: Option<String>,
    /// Sender of letters, like "RareShare <hello@example.org>". Default: no-reply at the public
    /// host.
    #[arg(long, env = "RARESHARE_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// Folder with the operator's own about.md, privacy.md, accessibility.md, help.md, registry.md or
    /// registry-researchers.md.
    #[arg(long, env = "RARESHARE_TEXTS_DIR")]
    pub texts_dir: Option<PathBuf>,
    /// Folder with the consents that people sign who enrol in the registry, one file for each: see
    /// docs/registry.md. Default: templates, which no ethics board has approved.
    #[arg(long, env = "RARESHARE_CONSENT_DIR")]
    pub consent_dir: Option<PathBuf>,
    /// Address of a registry elsewhere, like <https://registry.example.org/enrol>, to which people are
    /// sent who want to enrol. Nobody new can enrol here then. Takes --registry-name. Default: none.
    #[arg(long, env = "RARESHARE_REGISTRY_URL")]
    pub registry_url: Option<String>,
    /// The name that people know that registry by. Takes --registry-url.
    #[arg(long, env = "RARESHARE_REGISTRY_NAME")]
    pub registry_name: Option<String>,
    /// Megabytes of finished pages to keep; 0 keeps none.
    #[arg(long, env = "RARESHARE_PAGE_CACHE", default_value_t = 16)]
    pub page_cache: u64,
    /// Log lines as "text" or "json".
    #[arg(long, env = "RARESHARE_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
}

/// Shape of log lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// A network, or a single address as the network of itself.
fn network(text: &str) -> Result<ipnet::IpNet, String> {
    text.parse::<ipnet::IpNet>()
        .or_else(|_| text.parse::<IpAddr>().map(ipnet::IpNet::from))
        .map_err(|_| "it must be an address or a network, like 127.0.0.1 or 10.0.0.0/8".to_owned())
}

impl ServeOptions {
    /// Scheme and host of canonical links, checked, without a slash at the end.
    pub fn origin(&self, listening: SocketAddr) -> anyhow::Result<String> {
        let Some(url) = &self.public_url else {
            return Ok(format!("http://{listening}"));
        };
        let url = url.trim_end_matches('/');
        let host = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', ' ', '"', '<', '>']) => {
                Ok(url.to_owned())
            }
            _ => {
                bail!("--public-url must be like https://example.org, without a path; it is {url}")
            }
        }
    }

    /// How many connections there may be.
    pub fn places(&self) -> Places {
        let proxies = Proxies(self.trusted_proxy.clone());
        Places::new(self.connections, self.network_connections, proxies)
    }

    /// Where to tell of a weakness, as a URI (RFC 9116, 2.5.3).
    pub fn security_contact(&self) -> anyhow::Result<Option<String>> {
        let uri = |text: &str| {
            let bare = !text.contains(|sign: char| sign.is_whitespace() || sign.is_control());
            let known = ["https://", "mailto:", "tel:"];
            if bare && known.iter().any(|scheme| text.starts_with(scheme)) {
                Some(text.to_owned())
            } else if bare && text.contains('@') && !text.contains(':') {
                Some(format!("mailto:{text}"))
            } else {
                None
            }
        };
        match self.security_contact.as_deref().map(str::trim) {
            Some(text) => uri(text).map(Some).with_context(|| {
                format!(
                    "--security-contact must be a mail address or like https://example.org/report; \
                     it is {text}"
                )
            }),
            None => Ok(uri(self.contact.trim())),
        }
    }

    /// The registry elsewhere to which people are sent, if any, checked.
    pub fn registry(&self) -> anyhow::Result<Option<OutsideRegistry>> {
        let name = self.registry_name.as_deref().unwrap_or_default();
        let url = self.registry_url.as_deref().unwrap_or_default();
        OutsideRegistry::check(name, url).map_err(|error| match error {
            Error::Invalid { fields } => {
                // The fields are called as the options are.
                let said = fields
                    .iter()
                    .map(|wrong| format!("--{}: {}", wrong.field, wrong.message));
                anyhow!(said.collect::<Vec<_>>().join(" "))
            }
            error => error.into(),
        })
    }

    /// Who letters come from.
    pub fn sender(&self, public_url: &str) -> String {
        if let Some(sender) = &self.mail_from {
            return sender.clone();
        }
        let host = public_url
            .split_once("://")
            .map_or(public_url, |(_, host)| host);
        // Mail knows no port, and an address of numbers stands in brackets.
        let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
        let host = host.trim_matches(['[', ']']);
        match host.parse::<IpAddr>() {
            Ok(_) => "no-reply@localhost".to_owned(),
            Err(_) => format!("no-reply@{host}"),
        }
    }

    /// Where the metrics go, if anywhere.
    pub fn metrics(&self) -> anyhow::Result<Option<SocketAddr>> {
        if self.metrics_address == "off" {
            return Ok(None);
        }
        self.metrics_address
            .parse()
            .map(Some)
            .with_context(|| "--metrics-address must be like 127.0.0.1:9464, or off".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Command {
        #[command(flatten)]
        serve: ServeOptions,
    }

    fn registry(options: &[&str]) -> anyhow::Result<Option<OutsideRegistry>> {
        let options = ["serve"].iter().chain(options);
        Command::try_parse_from(options).unwrap().serve.registry()
    }

    #[test]
    fn a_registry_elsewhere_takes_a_name_and_an_encrypted_address() {
        assert_eq!(registry(&[]).unwrap(), None);
        let url = ["--registry-url", "https://example.org/enrol"];
        let name = ["--registry-name", "CoRDS"];
        let both = registry(&[url, name].concat()).unwrap().unwrap();
        assert_eq!((both.name.as_str(), both.link.as_str()), ("CoRDS", url[1]));
        // An empty value is none.
        assert_eq!(registry(&["--registry-url", ""]).unwrap(), None);
        for (options, told) in [
            (url.to_vec(), "--registry-name: Enter the name"),
            (name.to_vec(), "--registry-url: Enter the address"),
            (
                [["--registry-url", "http://example.org/"], name].concat(),
                "--registry-url: The address has to begin with https://",
            ),
            (
                [["--registry-url", "https://a:b@example.org/"], name].concat(),
                "--registry-url: Remove the user name and password",
            ),
        ] {
            let error = registry(&options).unwrap_err().to_string();
            assert!(error.starts_with(told), "{error}");
        }
    }
}
