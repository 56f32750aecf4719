//! Every function that a page reads by, and what calling it is to the policy.

use std::collections::BTreeSet;

use axum::http::Method;
use domain::policy::Action;
use leptos::server_fn::axum::server_fn_paths;

use crate::{Answer, Site, percent, sendings::FORMS};

/// A function that a page reads by, with arguments as in [`Places`](crate::addresses::Places).
pub(crate) struct Read {
    /// The address without `/api/`.
    pub(crate) name: &'static str,
    /// As in an address, or in the body where it is posted.
    pub(crate) arguments: &'static str,
    pub(crate) reads: Action,
    /// How it may answer who is permitted to ask.
    pub(crate) answers: &'static [&'static str],
}

const fn read(name: &'static str, arguments: &'static str, reads: Action) -> Read {
    Read {
        name,
        arguments,
        reads,
        answers: &["Found"],
    }
}

const fn leads_on(name: &'static str, arguments: &'static str, reads: Action) -> Read {
    Read {
        answers: &["Found", "Moved"],
        ..read(name, arguments, reads)
    }
}

impl Read {
    /// The address that a browser reads; empty where it is posted.
    pub(crate) fn address(&self) -> String {
        if method(self.name) == Method::GET {
            format!("/api/{}?{}", self.name, self.arguments)
        } else {
            String::new()
        }
    }
}

/// By which method a function is called.
pub(crate) fn method(name: &str) -> Method {
    server_fn_paths()
        .find(|(path, _)| path.strip_prefix("/api/") == Some(name))
        .unwrap_or_else(|| panic!("{name} is no function"))
        .1
}

impl Site {
    /// Calls a function that a page reads by.
    pub(crate) async fn read(&self, name: &str, arguments: &str, cookie: &str) -> Answer {
        let path = format!("/api/{name}");
        if method(name) == Method::GET {
            self.get_with(&format!("{path}?{arguments}"), &[("cookie", cookie)])
                .await
        } else {
            self.send_body(&path, cookie, arguments).await
        }
    }
}

pub(crate) const READS: &[Read] = {
    use Action::{
        AppointLeaders, AskQuestions, AskRegistry, DeleteOwnPosts, Enrol, EnterAccount,
        ProtectSections, React, ReadCatalogue, ReadDiscussions, ReadOwnAccount, ReadProfiles,
        ReadResources, ReadTrials, ReportContent, ReviewSections, SearchCatalogue, SetContentNotes,
        SuggestResources, WritePosts, WriteSection,
    };
    &[
        leads_on("account/join-page", "", EnterAccount),
        leads_on("account/sign-in-page", "next=%2Fsettings", EnterAccount),
        leads_on("account/sign-out-page", "", EnterAccount),
        read("account/link", "purpose=join&token={link}", EnterAccount),
        read("account/settings-page", "", ReadOwnAccount),
        read("account/own-email", "page=address", ReadOwnAccount),
        read("account/devices-page", "", ReadOwnAccount),
        read("account/second-factor-page", "", ReadOwnAccount),
        read(
            "catalogue/condition",
            "slug=multiple-myeloma",
            ReadCatalogue,
        ),
        read("catalogue/list", "letter=m", ReadCatalogue),
        read("catalogue/families", "", ReadCatalogue),
        read(
            "catalogue/family",
            "slug=syndromes-that-affect-several-parts-of-the-body",
            ReadCatalogue,
        ),
        read("search/results", "query=myeloma&from=0", SearchCatalogue),
        read("catalogue/search", "query=myeloma&from=0", SearchCatalogue),
        leads_on("catalogue/code", "system=ORPHA&value=29073", ReadCatalogue),
        read("site/overview", "", ReadCatalogue),
        read("site/sources", "", ReadCatalogue),
        read("site/text", "kind=privacy", ReadCatalogue),
        read("site/help", "query=password", ReadCatalogue),
        read("profile/member", "handle={other}", ReadProfiles),
        read("profile/members", "slug=multiple-myeloma", ReadProfiles),
        read("profile/own", "", ReadOwnAccount),
        read("profile/own-picture", "", ReadOwnAccount),
        read("community/own", "", ReadOwnAccount),
        read(
            "community/discussions",
            "slug=multiple-myeloma",
            ReadDiscussions,
        ),
        read("community/recent", "", ReadDiscussions),
        read("community/reply-page", "id={topic}&words=x", WritePosts),
        read("community/muted", "", ReadOwnAccount),
        read("community/drafts", "", ReadOwnAccount),
        // Of a topic that is nobody's.
        Read {
            answers: &["Refused"],
            ..read(
                "community/mute-page",
                "id=0000000000&words=x&number=1",
                ReadOwnAccount,
            )
        },
        Read {
            answers: &["Refused"],
            ..read(
                "community/reaction-page",
                "id=0000000000&words=x&number=1",
                React,
            )
        },
        Read {
            answers: &["Refused"],
            ..read(
                "moderation/note-page",
                "id=0000000000&words=x&number=1",
                SetContentNotes,
            )
        },
        read("community/notifications", "", ReadOwnAccount),
        read("community/notification-mail", "", ReadOwnAccount),
        read("community/unsubscribe-page", "token={link}", EnterAccount),
        read("community/feed", "slug=multiple-myeloma", ReadDiscussions),
        read("community/own-feed", "", ReadOwnAccount),
        read("community/new-topic", "slug=multiple-myeloma", WritePosts),
        read(
            "community/topic",
            "id={topic}&words=a-walk",
            ReadDiscussions,
        ),
        read(
            "community/post-history",
            "id={topic}&number=1",
            ReadDiscussions,
        ),
        // Whose topic is nobody's.
        Read {
            answers: &["Refused"],
            ..read(
                "community/own-post",
                "id=0000000000&words=x&number=1",
                WritePosts,
            )
        },
        Read {
            answers: &["Refused"],
            ..read(
                "community/post-to-delete",
                "id=0000000000&words=x&number=1",
                DeleteOwnPosts,
            )
        },
        read(
            "community/questions",
            "slug=multiple-myeloma",
            ReadDiscussions,
        ),
        read(
            "community/question",
            "id={question}&words=may-i-walk",
            ReadDiscussions,
        ),
        read(
            "community/new-question",
            "slug=multiple-myeloma",
            AskQuestions,
        ),
        read("community/answer-page", "id={question}&words=x", WritePosts),
        read(
            "community/resources",
            "slug=multiple-myeloma",
            ReadResources,
        ),
        read("community/gathered-resources", "", ReadResources),
        read("trials/list", "slug=multiple-myeloma", ReadTrials),
        read(
            "community/new-resource",
            "slug=multiple-myeloma",
            SuggestResources,
        ),
        // Which is nobody's.
        Read {
            answers: &["Refused"],
            ..read(
                "community/resource",
                "slug=multiple-myeloma&id=0000000000",
                SuggestResources,
            )
        },
        read("community/communities", "", ReadCatalogue),
        read("community/leaders", "", ReadProfiles),
        read(
            "community/lead-page",
            "slug=multiple-myeloma",
            AppointLeaders,
        ),
        read(
            "community/first-posts",
            "slug=multiple-myeloma",
            ReadOwnAccount,
        ),
        read("community/own-requests", "", ReadOwnAccount),
        // Which is nobody's.
        Read {
            answers: &["Refused"],
            ..read("community/own-request", "id=0000000000", ReadOwnAccount)
        },
        read("moderation/decisions", "", ReadOwnAccount),
        // Which is nobody's.
        Read {
            answers: &["Refused"],
            ..read("moderation/decision", "id=0000000000", ReadOwnAccount)
        },
        read("registry/about", "", ReadCatalogue),
        read("registry/ask-page", "", AskRegistry),
        read("registry/enrolments", "", Enrol),
        read("registry/history", "", Enrol),
        read("registry/hand-over-link", "token={link}", Enrol),
        // Which is nobody's.
        Read {
            answers: &["Refused"],
            ..read("registry/enrolment", "address=0000000000", Enrol)
        },
        Read {
            answers: &["Refused"],
            ..read("registry/data", "address=0000000000", Enrol)
        },
        Read {
            answers: &["Refused"],
            ..read("registry/ledger", "address=0000000000", Enrol)
        },
        Read {
            answers: &["Refused"],
            ..read(
                "registry/document",
                "address=0000000000&assent=false",
                Enrol,
            )
        },
        Read {
            answers: &["Refused"],
            ..read("registry/leaving", "address=0000000000", Enrol)
        },
        Read {
            answers: &["Refused"],
            ..read("registry/step", "address=0000000000&step=for-whom", Enrol)
        },
        read("reports/new", "kind=post&value={topic}-1", ReportContent),
        read("reports/own", "", ReadOwnAccount),
        read("profile/preview", "by=community", ReadOwnAccount),
        read("wiki/history", "slug=multiple-myeloma", ReadCatalogue),
        read(
            "wiki/comparison",
            "slug=multiple-myeloma&kind=cause&from={number}&to={number}",
            ReadCatalogue,
        ),
        read(
            "wiki/revision",
            "slug=multiple-myeloma&number={number}",
            ReadCatalogue,
        ),
        read("wiki/reviews", "", ReadCatalogue),
        read("wiki/proposals", "", ReadOwnAccount),
        read(
            "wiki/text",
            "slug=multiple-myeloma&kind=cause",
            WriteSection,
        ),
        read("wiki/list", "slug=multiple-myeloma&kind=tips", WriteSection),
        read(
            "wiki/entry",
            "slug=multiple-myeloma&kind=references&id=imwg-2014",
            WriteSection,
        ),
        read(
            "wiki/protection",
            "slug=multiple-myeloma&kind=cause",
            ProtectSections,
        ),
        read(
            "wiki/review-page",
            "slug=multiple-myeloma&number={number}",
            ReviewSections,
        ),
        // Which is nobody's.
        Read {
            answers: &["Refused"],
            ..read("wiki/proposal", "id=0000000000", ReadOwnAccount)
        },
    ]
};

#[tokio::test]
async fn no_function_answers_by_another_method() {
    let site = Site::open().await;
    for (path, method) in server_fn_paths() {
        let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        for other in methods
            .into_iter()
            .filter(|other| *other != method.as_str())
        {
            let request = axum::http::Request::builder()
                .method(other)
                .uri(format!("{path}?slug={}", percent("multiple-myeloma")))
                .header("sec-fetch-site", "same-origin")
                .header("content-type", "application/json")
                .body(axum::body::Body::from("{\"posted\":[]}"))
                .unwrap();
            let answer = site.ask(request).await;
            let status = answer.status.as_u16();
            assert!([404, 405].contains(&status), "{other} {path}: {status}");
        }
    }
}

#[test]
fn every_function_is_in_a_table() {
    let listed: BTreeSet<String> = READS
        .iter()
        .map(|read| read.name)
        .chain(FORMS.iter().map(|form| form.name()))
        .map(|name| format!("/api/{name}"))
        .collect();
    let written: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    assert_eq!(listed, written);
}
