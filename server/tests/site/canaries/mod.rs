//! Unmistakable words in everything that is not for everyone, and everything that can be read, read by
//! every kind of reader: each word is found by those for whom it is, and by nobody else.

mod first_posts;
mod saved_drafts;
mod surfaces;
mod world;

use std::collections::BTreeSet;

use domain::community::{Discussions, PostDraft};
use metrics_exporter_prometheus::PrometheusBuilder;
use tracing::instrument::WithSubscriber;

use crate::{
    postgres::{EMPTY, with_database},
    words::words,
};
use surfaces::{Log, Read, every_letter, function_of, hears};
use world::{ILLNESS, World};

/// The community in which it is said.
const HERE: &str = "multiple-myeloma";
/// Another one.
const THERE: &str = "wilson-disease";

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reader {
    Visitor,
    /// Signed in, and nowhere else.
    Stranger,
    /// Of another community, and once of this one.
    Neighbour,
    Member,
    Leader,
    Moderator,
    Administrator,
    /// Who writes nearly all of it.
    Author,
    /// Who writes under an alias, and shows nobody anything.
    Hidden,
    /// Who has written nothing yet that is published.
    Newcomer,
}

impl Reader {
    fn address(self) -> String {
        format!("canarymail{self:?}@example.org").to_lowercase()
    }
}

use Reader::{
    Administrator, Author, Hidden, Leader, Member, Moderator, Neighbour, Newcomer, Stranger,
};

/// Whoever is signed in.
const MEMBERS: &[Reader] = &[
    Stranger,
    Neighbour,
    Member,
    Leader,
    Moderator,
    Administrator,
    Author,
    Hidden,
    Newcomer,
];
/// Whoever has joined the community, and who keeps order.
const INSIDE: &[Reader] = &[
    Member,
    Leader,
    Moderator,
    Administrator,
    Author,
    Hidden,
    Newcomer,
];
/// The one concerned, and who keeps order.
const ORDER: &[Reader] = &[Moderator, Administrator, Author];
/// Who suggests something in the community, and who decides about it.
const DECIDING: &[Reader] = &[Leader, Moderator, Administrator, Author];
/// Who has written it, and who decides about it.
const READING_FIRST: &[Reader] = &[Leader, Moderator, Administrator, Newcomer];
const STAFF: &[Reader] = &[Moderator, Administrator];
const NOBODY: &[Reader] = &[];

struct Canary {
    word: String,
    /// Who may read it, and does.
    readers: &'static [Reader],
    /// What the addresses contain where it counts.
    on: String,
}

/// What is for whom. None of the words is a part of another.
const CANARIES: &[(&str, &[Reader])] = &[
    ("canarymemberstitle", MEMBERS),
    ("canarymemberstext", MEMBERS),
    ("canarymembersnote", MEMBERS),
    ("canarymembersreply", MEMBERS),
    ("canarymembersformer", MEMBERS),
    ("canarymembersquestion", MEMBERS),
    ("canarymembersdetails", MEMBERS),
    ("canarymembersanswer", MEMBERS),
    ("canaryinsidetitle", INSIDE),
    ("canaryinsidetext", INSIDE),
    ("canaryinsidenote", INSIDE),
    ("canaryinsidereply", INSIDE),
    ("canaryinsideformer", INSIDE),
    ("canaryinsidequestion", INSIDE),
    ("canaryinsidedetails", INSIDE),
    ("canaryinsideanswer", INSIDE),
    ("canaryhiddentitle", ORDER),
    ("canaryhiddentext", ORDER),
    ("canaryhiddenformer", NOBODY),
    ("canarydeletedtitle", NOBODY),
    ("canarydeletedtext", NOBODY),
    ("canarydeletedformer", NOBODY),
    // Who shows nobody their own membership shares no community.
    ("canaryname", &[Member, Leader, Administrator, Author]),
    ("canaryabout", MEMBERS),
    ("canaryalias", &[Moderator, Administrator, Hidden]),
    ("canarysilence", &[Hidden]),
    ("canarymailauthor", &[Administrator, Author]),
    ("canarymailhidden", &[Administrator, Hidden]),
    ("canarywelcome", INSIDE),
    ("canarywaitingtitle", DECIDING),
    ("canarywaitingtext", DECIDING),
    ("canarywaitinglink", DECIDING),
    ("canarydeclinedtitle", DECIDING),
    ("canarydeclinedreason", DECIDING),
    ("canaryfirsttitle", READING_FIRST),
    ("canaryfirsttext", READING_FIRST),
    ("canaryfirstreply", READING_FIRST),
    ("canaryrefusedtext", &[Newcomer]),
    ("canaryrefusedreason", &[Newcomer]),
    ("canaryrequestname", ORDER),
    ("canaryrequestwhy", ORDER),
    ("canaryproposaltext", ORDER),
    ("canaryproposalsummary", ORDER),
    ("canarydrafttext", &[Author]),
    ("canarybegunmemory", &[Author]),
    ("canarybegunnote", &[Author]),
    ("canarybegunreply", &[Hidden]),
    ("canarybegunanswer", &[Author]),
    ("canaryreporttext", ORDER),
    ("canaryreportanswer", ORDER),
    ("canarynote", STAFF),
    ("canarylookup", STAFF),
    ("canaryappeal", ORDER),
    ("canarywarning", &[Administrator, Author]),
    ("is muted. show the post", &[Author]),
];

/// A word that is beside a canary, by which it can be searched for without being said.
fn bait(canary: &str) -> String {
    canary.replace("canary", "bait")
}

fn canaries(world: &World) -> Vec<Canary> {
    let everywhere = CANARIES.iter().map(|(word, readers)| Canary {
        word: (*word).to_owned(),
        readers,
        on: String::new(),
    });
    let handle = &world.author;
    let all = everywhere
        .chain([
            // Who it is that writes under an alias.
            Canary {
                word: world.hidden.clone(),
                readers: &[Moderator, Administrator, Hidden],
                on: String::new(),
            },
            // That somebody is a member whom nobody sees.
            Canary {
                word: ILLNESS.to_owned(),
                readers: &[Author],
                on: handle.clone(),
            },
            Canary {
                word: handle.clone(),
                readers: &[Author],
                on: ILLNESS.to_owned(),
            },
        ])
        .collect::<Vec<_>>();
    for one in &all {
        let containing = all.iter().filter(|other| other.word.contains(&one.word));
        assert_eq!(containing.count(), 1, "{}", one.word);
    }
    all
}

/// Who has found what.
#[derive(Default)]
struct Findings {
    found: BTreeSet<(String, Reader)>,
    faults: BTreeSet<String>,
}

impl Findings {
    fn note(&mut self, canaries: &[Canary], reader: Reader, place: &str, text: &str) {
        for canary in canaries {
            if !place.contains(&canary.on) || !text.contains(&canary.word) {
                continue;
            }
            let word = canary.word.clone();
            if !canary.readers.contains(&reader) {
                self.faults
                    .insert(format!("{reader:?} reads {word} at {place}"));
            }
            self.found.insert((word, reader));
        }
    }

    /// Fails where somebody has read what is not for them, or not read what is.
    fn judge(mut self, canaries: &[Canary]) {
        for canary in canaries {
            for reader in canary.readers {
                if !self.found.contains(&(canary.word.clone(), *reader)) {
                    let word = &canary.word;
                    self.faults
                        .insert(format!("{reader:?} finds {word} nowhere"));
                }
            }
        }
        let faults: Vec<String> = self.faults.into_iter().collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

/// All pages and functions, to which links lead that somebody is shown included.
async fn browse(world: &World, canaries: &[Canary], findings: &mut Findings) {
    let mut waiting = world.addresses();
    let mut asked = BTreeSet::new();
    // Visitors twice, since the second page may be kept, and once more after all who may read it.
    let visitor = &world.readers[0];
    let readers = || [visitor].into_iter().chain(&world.readers).chain([visitor]);
    while let Some(address) = waiting.pop_first() {
        asked.insert(address.clone());
        for (reader, cookie) in readers() {
            let read = world.site.reads(&address, cookie).await;
            findings.note(canaries, *reader, &address, &read.text);
            let links = read.links().chain(function_of(&address));
            waiting.extend(links.filter(|link| !asked.contains(link)));
        }
    }
    // That there was something to be asked for of each kind.
    for part in [
        "/decisions/",
        "/proposals/",
        "/start/requests/",
        "/resources/",
        "/admin/aliases/",
        "/admin/topics/",
        "/admin/appeals/",
        "/admin/reports/",
        "/admin/requests/",
        "/report/post/",
    ] {
        let is_there = |address: &String| address.contains(part) && !address.contains("0000000000");
        assert!(
            asked.iter().any(is_there),
            "nothing was linked to at {part}"
        );
    }
}

/// A search for the word beside each canary. For whom the canary is not, it is like one for a word that
/// nobody has written.
async fn search(world: &World, canaries: &[Canary], findings: &mut Findings) {
    const NOTHING: &str = "baitnothingatall";
    let shown = |read: &Read, word: &str| words(&read.page).replace(word, "");
    for (reader, cookie) in &world.readers {
        let path = |word: &str| format!("/search?q={word}");
        let nothing = world.site.reads(&path(NOTHING), cookie).await;
        let nothing = shown(&nothing, NOTHING);
        for canary in canaries
            .iter()
            .filter(|canary| canary.word.contains("canary"))
        {
            let asked = bait(&canary.word);
            let read = world.site.reads(&path(&asked), cookie).await;
            findings.note(canaries, *reader, &path(&asked), &read.text);
            if !canary.readers.contains(reader) && canary.on.is_empty() {
                assert_eq!(shown(&read, &asked), nothing, "{reader:?}: {asked}");
            }
        }
    }
}

/// What open pages are told, at once and when something is written in the community.
async fn listen(world: &World, canaries: &[Canary], findings: &mut Findings) {
    let site = &world.site;
    site.live.read_log(&site.storage).await.unwrap();
    let mut streams = Vec::new();
    for (reader, cookie) in &world.readers {
        for (id, _) in &world.threads {
            let path = format!("/live?topic={id}");
            let told = hears(&mut site.opens(&path, cookie).await).await;
            findings.note(canaries, *reader, &path, &told);
            if *id == world.inside {
                let is_told = told.contains("\"total\":2");
                assert_eq!(is_told, INSIDE.contains(reader), "{reader:?} {told}");
            }
        }
        for path in [
            "/live?feed=mine".to_owned(),
            format!("/live?discussions={HERE}"),
        ] {
            let told = hears(&mut site.opens(&path, cookie).await).await;
            findings.note(canaries, *reader, &path, &told);
        }
        let mut stream = site.opens(&format!("/live?community={HERE}"), cookie).await;
        assert!(hears(&mut stream).await.contains("\"new\":0"));
        streams.push((*reader, stream));
    }
    let draft = PostDraft {
        text: "canaryinsidereply".to_owned(),
        in_reply_to: None,
        anonymous: false,
        content_note: None,
    };
    let submission = domain::account::Submission {
        key: "live".to_owned(),
        body: String::new(),
    };
    let communities = site.storage.communities();
    let author = world.actor(Author).await;
    let replied = communities.reply(author, &world.inside, draft, &submission);
    replied.await.unwrap();
    site.storage.events().seal().await.unwrap();
    site.live.read_log(&site.storage).await.unwrap();
    for (reader, mut stream) in streams {
        let told = hears(&mut stream).await;
        findings.note(canaries, reader, "/live?community", &told);
        let hears_of_it = reader != Author && INSIDE.contains(&reader);
        assert_eq!(told.contains("\"new\":1"), hears_of_it, "{reader:?} {told}");
    }
}

/// Letters say nothing of anything, and neither do log and metrics.
async fn look_behind(url: &str, canaries: &[Canary], findings: &mut Findings, log: &Log) {
    let letters = every_letter(url).await;
    let is_to = |reader: Reader| letters.iter().any(|(to, _)| *to == reader.address());
    assert!(is_to(Author), "there is a letter to look into");
    let reader = Reader::Visitor;
    for (to, said) in &letters {
        findings.note(canaries, reader, &format!("a letter to {to}"), said);
    }
    let logged = log.read();
    assert!(
        logged.contains("/topics/{id}/{words}"),
        "there is a log to look into"
    );
    findings.note(canaries, reader, "the log", &logged);
}

async fn everything_is_read(url: &str, folder: tempfile::TempDir, log: &Log) {
    // One for the process: where another test has begun one, it is looked into there.
    let metrics = PrometheusBuilder::new().install_recorder();
    let world = World::open(url, folder).await;
    let canaries = canaries(&world);
    let mut findings = Findings::default();
    browse(&world, &canaries, &mut findings).await;
    search(&world, &canaries, &mut findings).await;
    listen(&world, &canaries, &mut findings).await;
    look_behind(url, &canaries, &mut findings, log).await;
    if let Ok(metrics) = metrics {
        let counted = metrics.render().to_lowercase();
        assert!(counted.contains("rareshare_requests_total"), "{counted}");
        findings.note(&canaries, Reader::Visitor, "the metrics", &counted);
    }
    findings.judge(&canaries);
}

async fn nobody_reads_what_is_not_for_them(url: String, folder: tempfile::TempDir) {
    let log = Log::default();
    everything_is_read(&url, folder, &log)
        .with_subscriber(log.gathers())
        .await;
}

#[tokio::test]
async fn nobody_reads_what_is_not_for_them_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    nobody_reads_what_is_not_for_them(url, folder).await;
}

#[tokio::test]
async fn nobody_reads_what_is_not_for_them_on_postgres() {
    with_database(EMPTY, |url| {
        nobody_reads_what_is_not_for_them(url, tempfile::tempdir().unwrap())
    })
    .await;
}
