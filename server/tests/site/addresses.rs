//! Every address of the site, and what asking for it is to the policy.

use std::collections::BTreeSet;

use domain::{
    account::Actor,
    catalogue::Resolved,
    policy::Action,
    wiki::{Entries, Revisions, SectionKind},
};

use crate::Site;

/// The table of all pages. All of them have to be in the test's.
const ROUTES: &str = include_str!("../../../app/src/routes.rs");

/// A page: its shape, an address, and what reading it is to the policy. `{other}` is the handle of
/// somebody whose profile everyone sees, `{number}` a revision, `{link}` a token.
pub(crate) struct Page {
    pub(crate) route: &'static str,
    pub(crate) address: &'static str,
    pub(crate) reads: Action,
}

const fn page(route: &'static str, address: &'static str, reads: Action) -> Page {
    Page {
        route,
        address,
        reads,
    }
}

/// A page at an address without parts.
const fn one(address: &'static str, reads: Action) -> Page {
    page(address, address, reads)
}

/// What could be the token of a link.
pub(crate) const LINK: &str = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";

/// What the table's addresses leave open.
pub(crate) struct Places<'a> {
    /// Handle of somebody whose profile everyone sees.
    pub(crate) other: &'a str,
    /// Number of a revision of the causes of multiple myeloma.
    pub(crate) number: i64,
    /// A tip about multiple myeloma.
    pub(crate) tip: String,
    /// A discussion that everyone reads.
    pub(crate) topic: String,
    /// A question that everyone reads.
    pub(crate) question: String,
}

impl<'a> Places<'a> {
    /// Those of a site.
    pub(crate) async fn of(site: &Site, other: &'a str) -> Self {
        let wiki = site.storage.wiki();
        let (reader, slug) = (Actor::Operator, "multiple-myeloma");
        let history = wiki.history(reader, slug, Some(SectionKind::Cause), None);
        let Ok(Resolved::Here(history)) = history.await else {
            panic!("the starter catalogue has no such text");
        };
        let tips = wiki.list(reader, slug, SectionKind::Tips).await.unwrap();
        Self {
            other,
            number: history.revisions[0].number,
            tip: tips.entries[0].entry.id.clone(),
            topic: site.topic(slug).await,
            question: site.question(slug).await,
        }
    }

    /// An address, a query or a form of the tables.
    pub(crate) fn fill(&self, text: &str) -> String {
        text.replace("{other}", self.other)
            .replace("{link}", LINK)
            .replace("{tip}", &self.tip)
            .replace("{topic}", &self.topic)
            .replace("{question}", &self.question)
            .replace("{number}", &self.number.to_string())
    }
}

pub(crate) const PAGES: &[Page] = {
    use Action::{
        AppointLeaders, AskQuestions, AskRegistry, DecideAppeals, DecideHeldTexts, DecideReports,
        DecideRequests, DeleteOwnPosts, Enrol, EnterAccount, LookAfterAccounts, LookUpAliases,
        ModerateContent, ModerateMembers, ProtectSections, React, ReadCatalogue, ReadDiscussions,
        ReadOwnAccount, ReadProfiles, ReadRegistryDesk, ReadResources, ReadTrials, ReportContent,
        ReviewSections, SearchCatalogue, SetContentNotes, SuggestResources, WritePosts,
        WriteSection,
    };
    &[
        one("/", ReadCatalogue),
        one("/sources", ReadCatalogue),
        one("/about", ReadCatalogue),
        one("/privacy", ReadCatalogue),
        one("/accessibility", ReadCatalogue),
        one("/help", ReadCatalogue),
        one("/conditions", ReadCatalogue),
        one("/conditions/families", ReadCatalogue),
        page(
            "/conditions/families/{slug}",
            "/conditions/families/syndromes-that-affect-several-parts-of-the-body",
            ReadCatalogue,
        ),
        page(
            "/communities/{slug}",
            "/communities/multiple-myeloma",
            ReadCatalogue,
        ),
        page("/search", "/search?q=myeloma", SearchCatalogue),
        page("/orpha/{value}", "/orpha/29073", ReadCatalogue),
        page("/mondo/{value}", "/mondo/0009693", ReadCatalogue),
        page("/omim/{value}", "/omim/254500", ReadCatalogue),
        one("/join", EnterAccount),
        page("/confirm/{token}", "/confirm/{link}", EnterAccount),
        one("/sign-in", EnterAccount),
        one("/sign-out", EnterAccount),
        one("/forgotten-password", EnterAccount),
        page(
            "/new-password/{token}",
            "/new-password/{link}",
            EnterAccount,
        ),
        page("/new-address/{token}", "/new-address/{link}", EnterAccount),
        one("/settings", ReadOwnAccount),
        one("/settings/password", ReadOwnAccount),
        one("/settings/address", ReadOwnAccount),
        one("/settings/second-factor", ReadOwnAccount),
        one("/settings/devices", ReadOwnAccount),
        one("/settings/delete", ReadOwnAccount),
        one("/settings/profile", ReadOwnAccount),
        one("/settings/picture", ReadOwnAccount),
        one("/settings/communities", ReadOwnAccount),
        one("/settings/notifications", ReadOwnAccount),
        one("/settings/muted", ReadOwnAccount),
        one("/settings/drafts", ReadOwnAccount),
        page("/unsubscribe/{token}", "/unsubscribe/{link}", EnterAccount),
        one("/settings/what-others-see", ReadOwnAccount),
        one("/registry", ReadCatalogue),
        one("/registry/researchers", ReadCatalogue),
        one("/registry/researchers/ask", AskRegistry),
        one("/registry/enrol", Enrol),
        one("/registry/me", Enrol),
        page(
            "/registry/enrol/{random}",
            "/registry/enrol/0000000000",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/data",
            "/registry/enrol/0000000000/data",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/ledger",
            "/registry/enrol/0000000000/ledger",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/leave",
            "/registry/enrol/0000000000/leave",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/consent",
            "/registry/enrol/0000000000/consent",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/assent",
            "/registry/enrol/0000000000/assent",
            Enrol,
        ),
        page(
            "/registry/enrol/{random}/{step}",
            "/registry/enrol/0000000000/for-whom",
            Enrol,
        ),
        page("/take-over/{token}", "/take-over/{link}", Enrol),
        one("/decisions", ReadOwnAccount),
        page("/decisions/{id}", "/decisions/0000000000", ReadOwnAccount),
        page("/members/{handle}", "/members/{other}", ReadProfiles),
        page(
            "/communities/{slug}/members",
            "/communities/multiple-myeloma/members",
            ReadProfiles,
        ),
        page(
            "/communities/{slug}/discussions",
            "/communities/multiple-myeloma/discussions",
            ReadDiscussions,
        ),
        page(
            "/communities/{slug}/discussions/new",
            "/communities/multiple-myeloma/discussions/new",
            WritePosts,
        ),
        one("/discussions", ReadDiscussions),
        one("/notifications", ReadOwnAccount),
        page("/topics/{id}", "/topics/{topic}", ReadDiscussions),
        page(
            "/topics/{id}/{words}",
            "/topics/{topic}/a-walk",
            ReadDiscussions,
        ),
        page(
            "/topics/{id}/{words}/reply",
            "/topics/{topic}/a-walk/reply",
            WritePosts,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/history",
            "/topics/{topic}/a-walk/posts/1/history",
            ReadDiscussions,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/edit",
            "/topics/0000000000/a-walk/posts/1/edit",
            WritePosts,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/react",
            "/topics/0000000000/a-walk/posts/1/react",
            React,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/note",
            "/topics/0000000000/a-walk/posts/1/note",
            SetContentNotes,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/mute",
            "/topics/0000000000/a-walk/posts/1/mute",
            ReadOwnAccount,
        ),
        page(
            "/topics/{id}/{words}/posts/{number}/delete",
            "/topics/0000000000/a-walk/posts/1/delete",
            DeleteOwnPosts,
        ),
        page(
            "/communities/{slug}/questions",
            "/communities/multiple-myeloma/questions",
            ReadDiscussions,
        ),
        page(
            "/communities/{slug}/questions/new",
            "/communities/multiple-myeloma/questions/new",
            AskQuestions,
        ),
        page("/questions/{id}", "/questions/{question}", ReadDiscussions),
        page(
            "/questions/{id}/{words}",
            "/questions/{question}/may-i-walk",
            ReadDiscussions,
        ),
        page(
            "/questions/{id}/{words}/answer",
            "/questions/{question}/may-i-walk/answer",
            WritePosts,
        ),
        page(
            "/communities/{slug}/resources",
            "/communities/multiple-myeloma/resources",
            ReadResources,
        ),
        page(
            "/communities/{slug}/resources/new",
            "/communities/multiple-myeloma/resources/new",
            SuggestResources,
        ),
        page(
            "/communities/{slug}/resources/{id}",
            "/communities/multiple-myeloma/resources/0000000000",
            SuggestResources,
        ),
        page(
            "/communities/{slug}/trials",
            "/communities/multiple-myeloma/trials",
            ReadTrials,
        ),
        one("/resources", ReadResources),
        one("/communities", ReadCatalogue),
        page(
            "/communities/{slug}/lead",
            "/communities/multiple-myeloma/lead",
            AppointLeaders,
        ),
        page(
            "/communities/{slug}/first-posts",
            "/communities/multiple-myeloma/first-posts",
            ReadOwnAccount,
        ),
        one("/leaders", ReadProfiles),
        page("/start", "/start?q=myeloma", SearchCatalogue),
        one("/start/request", ReadOwnAccount),
        page(
            "/start/requests/{id}",
            "/start/requests/0000000000",
            ReadOwnAccount,
        ),
        page(
            "/communities/{slug}/feed",
            "/communities/multiple-myeloma/feed",
            ReadDiscussions,
        ),
        one("/feed", ReadOwnAccount),
        page(
            "/communities/{slug}/sections/{kind}/edit",
            "/communities/multiple-myeloma/sections/cause/edit",
            WriteSection,
        ),
        page(
            "/communities/{slug}/sections/{kind}/entries/{id}",
            "/communities/multiple-myeloma/sections/references/entries/imwg-2014",
            WriteSection,
        ),
        page(
            "/communities/{slug}/history",
            "/communities/multiple-myeloma/history",
            ReadCatalogue,
        ),
        page(
            "/communities/{slug}/sections/{kind}/history",
            "/communities/multiple-myeloma/sections/cause/history",
            ReadCatalogue,
        ),
        page(
            "/communities/{slug}/sections/{kind}/compare",
            "/communities/multiple-myeloma/sections/cause/compare?from={number}&to={number}",
            ReadCatalogue,
        ),
        page(
            "/communities/{slug}/sections/{kind}/protect",
            "/communities/multiple-myeloma/sections/cause/protect",
            ProtectSections,
        ),
        page(
            "/communities/{slug}/revisions/{number}",
            "/communities/multiple-myeloma/revisions/{number}",
            ReadCatalogue,
        ),
        page(
            "/communities/{slug}/revisions/{number}/review",
            "/communities/multiple-myeloma/revisions/{number}/review",
            ReviewSections,
        ),
        one("/reviews", ReadCatalogue),
        one("/proposals", ReadOwnAccount),
        page("/proposals/{id}", "/proposals/0000000000", ReadOwnAccount),
        one("/admin/waiting", DecideRequests),
        one("/admin/requests", DecideRequests),
        page(
            "/admin/requests/{id}",
            "/admin/requests/0000000000",
            DecideRequests,
        ),
        page(
            "/admin/aliases/{id}/{number}",
            "/admin/aliases/0000000000/1",
            LookUpAliases,
        ),
        page(
            "/admin/topics/{id}/posts/{number}",
            "/admin/topics/{topic}/posts/1",
            ModerateContent,
        ),
        one("/admin/appeals", DecideAppeals),
        page(
            "/admin/appeals/{id}",
            "/admin/appeals/0000000000",
            DecideAppeals,
        ),
        page(
            "/report/{kind}/{value}",
            "/report/post/{topic}-1",
            ReportContent,
        ),
        one("/reports", ReadOwnAccount),
        one("/admin/reports", DecideReports),
        page(
            "/admin/reports/{id}",
            "/admin/reports/0000000000",
            DecideReports,
        ),
        one("/admin/registry", ReadRegistryDesk),
        page(
            "/admin/registry/{pseudonym}",
            "/admin/registry/0000000000",
            ReadRegistryDesk,
        ),
        one("/admin/held-texts", DecideHeldTexts),
        page(
            "/admin/held-texts/{id}",
            "/admin/held-texts/0000000000",
            DecideHeldTexts,
        ),
        one("/admin/member-lists", LookAfterAccounts),
        page(
            "/admin/members/{handle}",
            "/admin/members/{other}",
            ModerateMembers,
        ),
        one("/admin/people", LookAfterAccounts),
        page(
            "/admin/people/{handle}",
            "/admin/people/{other}",
            LookAfterAccounts,
        ),
    ]
};

/// The address of the page of this shape.
pub(crate) fn address(route: &str) -> &'static str {
    let page = PAGES.iter().find(|page| page.route == route);
    page.unwrap_or_else(|| panic!("{route} is no page")).address
}

/// What stands between two marks in a source, each time.
fn between<'a>(source: &'a str, start: &'a str, end: char) -> impl Iterator<Item = &'a str> {
    source
        .split(start)
        .skip(1)
        .filter_map(move |rest| rest.split(end).next())
}

#[test]
fn every_page_is_in_the_table() {
    let listed: BTreeSet<String> = PAGES.iter().map(|page| page.route.to_owned()).collect();
    assert_eq!(listed.len(), PAGES.len(), "a page is there twice");
    // The router of pages writes `:slug` where all others write `{slug}`.
    let shape = |path: &str| {
        let parts = path.split('/').map(|part| match part.strip_prefix(':') {
            Some(name) => format!("{{{name}}}"),
            None => part.to_owned(),
        });
        parts.collect::<Vec<_>>().join("/")
    };
    let routes: BTreeSet<String> = between(ROUTES, "path!(\"", '"').map(shape).collect();
    assert!(routes.contains("/*any") && routes.len() > 30);
    let written: BTreeSet<String> = routes.into_iter().filter(|path| path != "/*any").collect();
    assert_eq!(listed, written);
}
