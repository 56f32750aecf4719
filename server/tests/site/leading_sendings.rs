//! The forms of leaders, of requests for communities, of reports, and of aliases.

use domain::policy::Action;

use crate::sendings::{Form, form};

pub(crate) const TABLE: &[Form] = {
    use Action::{
        AppointLeaders, ChangeProfile, DecideFirstPosts, DecideReports, DecideRequests,
        DeleteOwnPosts, EndLeaderships, LookUpAliases, PinTopics, ReadOwnAccount, ReportContent,
        RequestCommunities, SetOutsideRegistry, WriteWelcome,
    };
    const LEAD: &str = "/communities/{slug}/lead";
    const FIRST: &str = "/communities/{slug}/first-posts";
    const OWN: &str = "/settings/communities";
    const CASE: &str = "/admin/reports/{id}";
    const REQUEST: &str = "/admin/requests/{id}";
    &[
        form(
            LEAD,
            "form=community/appoint-leader&slug=multiple-myeloma&handle=nobody",
            AppointLeaders,
        ),
        form(
            LEAD,
            "form=community/welcome&slug=multiple-myeloma&text=A+walk",
            WriteWelcome,
        ),
        form(
            LEAD,
            "form=community/outside-registry&slug=multiple-myeloma&registry-name=A+walk&registry-url=https%3A%2F%2Fexample.org",
            SetOutsideRegistry,
        ),
        form(
            LEAD,
            "form=community/end-leadership&slug=multiple-myeloma&id=0000000000&reason=A+walk",
            EndLeaderships,
        ),
        form(
            FIRST,
            "form=community/publish-first-post&slug=multiple-myeloma&id=0000000000",
            DecideFirstPosts,
        ),
        form(
            FIRST,
            "form=community/decline-first-post&slug=multiple-myeloma&id=0000000000&reason=A+walk",
            DecideFirstPosts,
        ),
        form(
            FIRST,
            "form=community/withdraw-first-post&slug=multiple-myeloma&id=0000000000",
            DeleteOwnPosts,
        ),
        form(
            OWN,
            "form=community/accept-invitation&id=0000000000&words=",
            ChangeProfile,
        ),
        form(
            OWN,
            "form=community/decline-invitation&id=0000000000",
            ReadOwnAccount,
        ),
        form(
            OWN,
            "form=community/describe-leader&id=0000000000&words=",
            ChangeProfile,
        ),
        form(
            OWN,
            "form=community/step-down&id=0000000000",
            ReadOwnAccount,
        ),
        form(
            "/topics/{id}/{words}",
            "form=community/pin&id={topic}&words=a-walk",
            PinTopics,
        ),
        form(
            "/topics/{id}/{words}",
            "form=community/unpin&id={topic}&words=a-walk",
            PinTopics,
        ),
        form(
            "/start/request",
            "form=community/request-community&key=walk&name=A+walk&why=Often.&links=",
            RequestCommunities,
        ),
        form(
            "/report/{kind}/{value}",
            "form=reports/make&key=walk&kind=post&value={topic}-1&category=spam&text=",
            ReportContent,
        ),
        form(
            CASE,
            "form=reports/note&key=walk&id=0000000000&text=A+walk",
            DecideReports,
        ),
        form(
            CASE,
            "form=reports/close&id=0000000000&state=upheld&text=A+walk",
            DecideReports,
        ),
        form(
            REQUEST,
            "form=requests/accept&id=0000000000&name=A+walk&words=Yes",
            DecideRequests,
        ),
        form(
            REQUEST,
            "form=requests/merge&id=0000000000&condition=Multiple+myeloma&words=Yes",
            DecideRequests,
        ),
        form(
            REQUEST,
            "form=requests/decline&id=0000000000&words=No",
            DecideRequests,
        ),
        form(
            "/admin/aliases/{id}/{number}",
            "form=aliases/look-up&id=0000000000&number=1&reason=A+walk",
            LookUpAliases,
        ),
    ]
};
