//! Every address of the site, and what asking for it is to the policy.

use domain::policy::Action;

/// A page: its shape, an address, what reading it is to the policy, and a form that can be sent to
/// it with what that is. `{other}` is the handle of somebody whose profile everyone sees, `{number}` a
/// revision.
pub(crate) struct Page {
    pub(crate) route: &'static str,
    pub(crate) address: &'static str,
    pub(crate) reads: Action,
    pub(crate) form: Option<(&'static str, Action)>,
}

const fn page(route: &'static str, address: &'static str, reads: Action) -> Page {
    Page {
        route,
        address,
        reads,
        form: None,
    }
}

const fn form(
    route: &'static str,
    address: &'static str,
    reads: Action,
    body: &'static str,
    does: Action,
) -> Page {
    Page {
        route,
        address,
        reads,
        form: Some((body, does)),
    }
}

/// What could be the token of a link.
pub(crate) const LINK: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub(crate) const PAGES: &[Page] = {
    use Action::{
        ChangeProfile, ControlOwnAccount, EnterAccount, LookAfterAccounts, ProtectSections,
        ReadCatalogue, ReadOwnAccount, ReadProfiles, ReviewSections, SearchCatalogue, WriteSection,
    };
    &[
        page("/", "/", ReadCatalogue),
        page("/sources", "/sources", ReadCatalogue),
        page(
            "/communities/{slug}",
            "/communities/multiple-myeloma",
            ReadCatalogue,
        ),
        page("/conditions", "/conditions", ReadCatalogue),
        page(
            "/conditions/families",
            "/conditions/families",
            ReadCatalogue,
        ),
        page(
            "/conditions/families/{slug}",
            "/conditions/families/syndromes-that-affect-several-parts-of-the-body",
            ReadCatalogue,
        ),
        page("/search", "/search?q=myeloma", SearchCatalogue),
        page("/{system}/{value}", "/orpha/29073", ReadCatalogue),
        form("/join", "/join", EnterAccount, "form=join", EnterAccount),
        form(
            "/confirm/{token}",
            "/confirm/{link}",
            EnterAccount,
            "form=confirm",
            EnterAccount,
        ),
        form(
            "/sign-in",
            "/sign-in",
            EnterAccount,
            "form=sign-in",
            EnterAccount,
        ),
        page("/sign-out", "/sign-out", EnterAccount),
        form(
            "/forgotten-password",
            "/forgotten-password",
            EnterAccount,
            "form=forgotten",
            EnterAccount,
        ),
        form(
            "/new-password/{token}",
            "/new-password/{link}",
            EnterAccount,
            "form=new-password",
            EnterAccount,
        ),
        form(
            "/new-address/{token}",
            "/new-address/{link}",
            EnterAccount,
            "form=new-address",
            EnterAccount,
        ),
        form(
            "/settings",
            "/settings",
            ReadOwnAccount,
            "form=about",
            ChangeProfile,
        ),
        form(
            "/settings/password",
            "/settings/password",
            ReadOwnAccount,
            "form=password&present=wrong",
            ControlOwnAccount,
        ),
        form(
            "/settings/address",
            "/settings/address",
            ReadOwnAccount,
            "form=address&email=a%40example.org&present=wrong",
            ControlOwnAccount,
        ),
        form(
            "/settings/devices",
            "/settings/devices",
            ReadOwnAccount,
            "form=others",
            ReadOwnAccount,
        ),
        form(
            "/settings/delete",
            "/settings/delete",
            ReadOwnAccount,
            "form=delete&present=wrong",
            ControlOwnAccount,
        ),
        page("/members/{handle}", "/members/{other}", ReadProfiles),
        page(
            "/communities/{slug}/members",
            "/communities/multiple-myeloma/members",
            ReadProfiles,
        ),
        form(
            "/settings/profile",
            "/settings/profile",
            ReadOwnAccount,
            "form=profile&name=Somebody&name-audience=members",
            ChangeProfile,
        ),
        form(
            "/settings/picture",
            "/settings/picture",
            ReadOwnAccount,
            "form=remove",
            ChangeProfile,
        ),
        form(
            "/settings/conditions",
            "/settings/conditions",
            ReadOwnAccount,
            "form=remove-x&slug=x",
            ChangeProfile,
        ),
        page(
            "/settings/what-others-see",
            "/settings/what-others-see",
            ReadOwnAccount,
        ),
        form(
            "/communities/{slug}/sections/{kind}/edit",
            "/communities/multiple-myeloma/sections/cause/edit",
            WriteSection,
            "form=edit&action=preview&text=A+text.",
            WriteSection,
        ),
        form(
            "/communities/{slug}/sections/{kind}/entries/{id}",
            "/communities/multiple-myeloma/sections/references/entries/imwg-2014",
            WriteSection,
            "form=show",
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
        form(
            "/communities/{slug}/sections/{kind}/protect",
            "/communities/multiple-myeloma/sections/cause/protect",
            ProtectSections,
            "form=end&reason=A+walk",
            ProtectSections,
        ),
        form(
            "/communities/{slug}/revisions/{number}",
            "/communities/multiple-myeloma/revisions/{number}",
            ReadCatalogue,
            "form=restore",
            WriteSection,
        ),
        form(
            "/communities/{slug}/revisions/{number}/review",
            "/communities/multiple-myeloma/revisions/{number}/review",
            ReviewSections,
            "form=review&interests=None",
            ReviewSections,
        ),
        page("/proposals", "/proposals", ReadOwnAccount),
        page("/proposals/{id}", "/proposals/0000000000", ReadOwnAccount),
        page("/reviews", "/reviews", ReadCatalogue),
        page("/admin/people", "/admin/people", LookAfterAccounts),
        form(
            "/admin/people/{handle}",
            "/admin/people/{other}",
            LookAfterAccounts,
            "form=restore&reason=A+walk",
            LookAfterAccounts,
        ),
    ]
};
