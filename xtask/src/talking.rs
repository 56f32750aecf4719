//! Somebody who takes part in communities, as a browser without a script does.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::generated::Generated;
use crate::http::{self, Response};
use crate::people;
use crate::project::Project;
use crate::server::Server;

/// A topic in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic {
    /// `/topics/{id}/{words}`
    pub(crate) path: String,
    /// The first one included.
    pub(crate) posts: u32,
}

/// The topics on a page that lists some.
pub(crate) fn topics(html: &str) -> Vec<Topic> {
    html.split("href=\"/topics/")
        .skip(1)
        .filter_map(|rest| {
            let (path, rest) = rest.split_once('"')?;
            // What is linked to within a topic is no line of a list.
            if path.contains(['?', '#']) {
                return None;
            }
            // Behind the title, in which anything may be.
            let (_, rest) = rest.split_once("</a>")?;
            let replies = if rest.contains("No replies yet") {
                0
            } else {
                let (before, _) = rest.split_once(" repl")?;
                let mut parts = before.rsplit(|sign: char| !sign.is_ascii_digit());
                parts.next()?.parse().ok()?
            };
            Some(Topic {
                path: format!("/topics/{path}"),
                posts: replies + 1,
            })
        })
        .collect()
}

/// The way from a page of a list to the next one.
pub(crate) fn next(html: &str, list: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("href=\"{list}?after="))?;
    let (after, _) = rest.split_once('"')?;
    Some(format!("{list}?after={after}"))
}

/// The numbers of the posts on the page of a topic.
pub(crate) fn posts(html: &str) -> Vec<u32> {
    html.split("<li id=\"post-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

/// A page as text; an error where there is none.
pub(crate) fn page(server: &Server, path: &str, cookie: Option<&str>) -> Result<String> {
    let response = match cookie {
        Some(cookie) => http::get_with_cookie(server.address, path, cookie)?,
        None => http::get(server.address, path, None)?,
    };
    if response.status != 200 {
        bail!("{path} was answered {}", response.status);
    }
    Ok(String::from_utf8_lossy(&response.body).into_owned())
}

/// Somebody with an account.
pub(crate) struct Talker<'a> {
    server: &'a Server,
    pub(crate) cookie: String,
}

impl<'a> Talker<'a> {
    /// Joins as everybody does, each number from a network of its own.
    pub(crate) fn begin(server: &'a Server, site: &Generated, number: usize) -> Result<Self> {
        let email = email(number);
        let network = network(number);
        people::join(server, &email, &[("X-Forwarded-For", network.as_str())])?;
        let session = people::confirm(server, &site.data, &email)?
            .cookie("session")
            .context("an account that has begun is not signed in")?;
        Ok(Self {
            server,
            cookie: format!("session={session}"),
        })
    }

    /// The same as a moderator, who may write a few hundred posts in an hour.
    pub(crate) fn begin_moderator(
        project: &Project,
        server: &'a Server,
        site: &Generated,
        number: usize,
    ) -> Result<Self> {
        let talker = Self::begin(server, site, number)?;
        let program = site.command(project);
        let email = email(number);
        people::make_moderator(program, &email, &site.place, (server, &talker.cookie))?;
        Ok(talker)
    }

    pub(crate) fn page(&self, path: &str) -> Result<String> {
        page(self.server, path, Some(&self.cookie))
    }

    /// Joins a community.
    pub(crate) fn enter(&self, slug: &str) -> Result<()> {
        let path = format!("/communities/{slug}");
        let fields = [
            ("form", "community/join"),
            ("slug", slug),
            ("place", "condition"),
            ("topic", ""),
        ];
        let answer = self.send(&path, &fields)?;
        if answer.status != 303 {
            bail!("joining {slug} was answered {}", answer.status);
        }
        Ok(())
    }

    /// Replies in a topic; what the answer leads to, and how long it took. `key` is another one for each
    /// reply.
    pub(crate) fn reply(&self, topic: &str, key: &str, text: &str) -> Result<(String, Duration)> {
        // `/topics/{id}/{words}`
        let part = |index| topic.split('/').nth(index).unwrap_or_default();
        let fields = [
            ("form", "community/reply"),
            ("id", part(2)),
            ("words", part(3)),
            ("in_reply_to", ""),
            ("text", text),
            ("content_note", ""),
            ("key", key),
        ];
        let answer = self.send(&format!("{topic}/reply"), &fields)?;
        let to = answer.header("location").unwrap_or_default();
        if answer.status != 303 || !to.starts_with("/topics/") {
            bail!(
                "a reply in {topic} was answered {} and led to {to:?}",
                answer.status
            );
        }
        Ok((to.to_owned(), answer.took))
    }

    fn send(&self, path: &str, fields: &[(&str, &str)]) -> Result<Response> {
        let headers = [("Cookie", self.cookie.as_str())];
        http::post(self.server.address, path, &headers, fields)
    }
}

fn email(number: usize) -> String {
    format!("talker{number}@example.org")
}

/// From a range for measurements (RFC 2544).
pub(crate) fn network(number: usize) -> String {
    format!("198.18.{}.{}", number / 250 % 250, number % 250 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "<li><a href=\"/topics/0a1b2c3d4e/small-walk\" class=\"title\">Small walk in \
        4 replies</a><div class=\"soft\">Started by x, <time>3 May 2025</time>. <!>19 replies, the last \
        on <time>4 May</time>.</div></li><li><a href=\"/topics/1a1b2c3d4e/hope\" class=\"title\">Hope</a>\
        <div class=\"soft\">No replies yet. </div></li><li><a href=\"/topics/2a1b2c3d4e/rain\">Rain</a>\
        1 reply, <time>5 May</time></li><a class=\"next\" href=\"/discussions?after=2a1b2c3d4e\">Older</a>";

    #[test]
    fn a_list_is_read_line_by_line() {
        let found: Vec<(String, u32)> = topics(LIST)
            .into_iter()
            .map(|topic| (topic.path, topic.posts))
            .collect();
        assert_eq!(
            found,
            [
                ("/topics/0a1b2c3d4e/small-walk".to_owned(), 20),
                ("/topics/1a1b2c3d4e/hope".to_owned(), 1),
                ("/topics/2a1b2c3d4e/rain".to_owned(), 2)
            ]
        );
        assert_eq!(
            next(LIST, "/discussions").as_deref(),
            Some("/discussions?after=2a1b2c3d4e")
        );
        assert_eq!(next(LIST, "/feed"), None);
        assert_eq!(
            posts("<li id=\"post-7\"><p id=\"post-8\"><li id=\"post-9\">"),
            [7, 9]
        );
    }

    #[test]
    fn everybody_is_somewhere_else() {
        let all: std::collections::BTreeSet<String> = (0..5_000).map(network).collect();
        assert_eq!(all.len(), 5_000);
    }
}
