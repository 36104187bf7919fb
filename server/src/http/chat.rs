//! `/chat/KEY`: the conversation page for everybody, and the forms in it for those without a script.
//!
//! # Posts
//!
//! The page has one form. A post of it is answered by a redirect to the page if the browser is known to send our cookie
//! back, and by the page itself otherwise, with the token in a hidden input: so the way to a person needs neither
//! scripts nor cookies nor storage. What was typed is never lost: what was not sent as a message, because another
//! button was pressed or because it cannot be, comes back in the text box.
//!
//! # Forgery
//!
//! A post counts for the visitor that our cookie names only if the browser says that it comes from our own page; see
//! [`Sender`]. Where the browser says nothing, only the hidden token counts, which no other page can know, and
//! the cookie is neither read nor replaced. What comes from another page is refused.

mod answer;
mod card;
mod form;
mod problem;
mod record;
mod sender;
mod wait;

use std::sync::Arc;

use axum::extract::{Path, RawQuery, Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use desk::{Command, VisitorAction};
use protocol::{Ack, CommandId, RefusalCode, SiteFace, Token, checked_text};

use tokio::sync::oneshot;

pub use self::answer::{no_such_site, private_page};
pub use self::form::fields;
pub use self::record::save;
pub use self::sender::Sender;

use self::form::{Act, Post, Unreadable};
use self::problem::Problem;
use super::compress::{self, Encoding};
use super::{VisitorCookie, accepted_languages, policy};
use crate::app::App;
use crate::assets;
use crate::floods;
use crate::languages::Language;
use crate::page::{
    self, Address, ChatPage, Failed, Identity, Keeping, Notice, Standing, Uncorrected, Unkept,
};
use crate::redact::redact;
use crate::secret;
use crate::service::{CommandJob, Reply};
use crate::socket::face_of;
use crate::store::Site;
use crate::visitor::{Claim, Conversation, Visitor, contact_of};

/// `GET`: the page.
pub async fn show(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let Some(site) = app.service.site(&key) else {
        return no_such_site(&app, &headers);
    };
    let mut visit = Visit::new(&app, site, query.as_deref(), &headers);
    visit.encoding = Encoding::accepted(&headers);
    let cookie = VisitorCookie::read(&headers, &visit.site, &app.public_url);
    let keeping = if cookie.is_some() {
        Keeping::Kept
    } else {
        Keeping::NotKnown
    };
    let claim = Claim {
        cookie,
        ..Claim::default()
    };
    let visitor = visit.visitor(claim).await;
    // A cookie that opens nothing, of an earlier database for example, would be sent in vain for ever.
    let is_stale = keeping == Keeping::Kept && visitor.conversation == Conversation::New;
    let cookie = is_stale.then(|| VisitorCookie::clear(&visit.site, &app.public_url));
    visit
        .page(
            visitor,
            keeping,
            Reaction {
                cookie,
                ..Reaction::default()
            },
        )
        .await
}

/// `POST`: what the form's buttons do.
pub async fn act(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    match receive(&app, &key, query.as_deref(), request).await {
        Ok((visit, post, cookie, sender)) => visit.take(post, cookie, sender).await,
        Err(answer) => answer,
    }
}

/// Reads a post of the form: whose it is, as far as it may say so, and what it holds. Otherwise, the answer to it.
async fn receive<'a>(
    app: &'a App,
    key: &str,
    query: Option<&str>,
    request: Request,
) -> Result<(Visit<'a>, Post, Option<Token>, Sender), Response> {
    let Some(site) = app.service.site(key) else {
        return Err(no_such_site(app, request.headers()));
    };
    let (head, body) = request.into_parts();
    let mut visit = Visit::new(app, site, query, &head.headers);
    visit.from = Some(floods::Sender::of(&head, app.trusted_proxies));
    let sender = Sender::of(&head.headers, &app.public_url);
    let cookie = match sender {
        Sender::Own => VisitorCookie::read(&head.headers, &visit.site, &app.public_url),
        Sender::Unnamed => None,
        Sender::Foreign => return Err(visit.notice(StatusCode::FORBIDDEN, Notice::ForeignForm)),
    };
    match Post::read(&head.headers, body).await {
        Ok(post) => Ok((visit, post, cookie, sender)),
        Err(unreadable) => {
            let (status, notice) = match unreadable {
                Unreadable::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Notice::TooLarge),
                Unreadable::NotAForm => {
                    (StatusCode::UNSUPPORTED_MEDIA_TYPE, Notice::UnreadableForm)
                }
                Unreadable::NotText => (StatusCode::BAD_REQUEST, Notice::UnreadableForm),
            };
            Err(visit.notice(status, notice))
        }
    }
}

/// One request of somebody who visits a site.
struct Visit<'a> {
    app: &'a App,
    site: Arc<Site>,
    face: SiteFace,
    address: Address,
    language: Language,
    host_origin: Option<String>,
    /// How the first page may be compressed.
    encoding: Option<Encoding>,
    /// Where a post comes from; none if nothing is posted.
    from: Option<floods::Sender>,
}

/// What the page says about the post that it answers.
#[derive(Default)]
struct Reaction {
    draft: String,
    refusal: Option<String>,
    failed: Option<Failed>,
    status: StatusCode,
    cookie: Option<HeaderValue>,
    unkept: Unkept,
    uncorrected: Uncorrected,
}

impl<'a> Visit<'a> {
    fn new(app: &'a App, site: Arc<Site>, query: Option<&str>, headers: &HeaderMap) -> Self {
        let mut address = Address::new(&site.settings.key);
        // A query that is not UTF-8 is none of ours.
        for (name, value) in fields(query.unwrap_or_default().as_bytes()).unwrap_or_default() {
            address.take(&name, &value);
        }
        let own_host = headers.get("host").and_then(|host| host.to_str().ok());
        let host_origin = address.host.clone().filter(|origin| {
            site.settings.origins.contains(origin) || app.public_url.is_own(origin, own_host)
        });
        Self {
            app,
            face: face_of(&site),
            site,
            language: Language::choose(address.locale.as_deref(), accepted_languages(headers)),
            address,
            host_origin,
            encoding: None,
            from: None,
        }
    }

    async fn visitor(&self, claim: Claim) -> Visitor {
        let store = self.app.service.store();
        Visitor::find(&**store, self.site.id, claim)
            .await
            .unwrap_or_else(|(visitor, error)| {
                self.app.service.store_failed(&error);
                visitor
            })
    }

    /// Does what a post asks for.
    async fn take(self, post: Post, cookie: Option<Token>, sender: Sender) -> Response {
        if post.act == Act::Forget {
            let cleared = (sender == Sender::Own)
                .then(|| VisitorCookie::clear(&self.site, &self.app.public_url));
            return self.redirect(cleared);
        }
        let keeping = match (&cookie, &post.token) {
            (Some(_), _) => Keeping::Kept,
            (None, None) => Keeping::NotKnown,
            // The page that this comes from came with our cookie.
            (None, Some(_)) => Keeping::Refused,
        };
        let claim = Claim {
            token: post.token.clone(),
            cookie,
            fresh: post.fresh.clone(),
        };
        let mut visitor = self.visitor(claim).await;
        let mut reaction = Reaction::default();
        if post.act != Act::Say || post.reply.is_some() {
            reaction.draft.clone_from(&post.text);
        }
        if post.act != Act::Contact {
            reaction.unkept.email.clone_from(&post.email);
        }
        if let Err(problem) = self.put_right(&visitor, &post).await {
            reaction.uncorrected.typed.clone_from(&post.corrections);
            problem.tell(&self.language, &mut reaction, Act::Correct);
        }
        match self.obey(&visitor, &post).await {
            Ok(Some(ack)) => {
                let id = visitor.conversation_id(self.site.id);
                visitor.conversation = Conversation::Begun(id);
                if post.act == Act::Say {
                    self.wait_for_answer(id, ack).await;
                }
            }
            Ok(None) => {}
            Err(problem) => {
                reaction.draft = post.unsent();
                reaction.unkept.email.clone_from(&post.email);
                problem.tell(&self.language, &mut reaction, post.act);
            }
        }
        if sender == Sender::Own && matches!(visitor.conversation, Conversation::Begun(_)) {
            let cookie = VisitorCookie::set(&visitor.token, &self.site, &self.app.public_url);
            reaction.cookie = Some(cookie);
        }
        let is_plain = reaction.status == StatusCode::OK
            && reaction.draft.is_empty()
            && reaction.unkept.email.is_empty();
        let is_new = visitor.conversation == Conversation::New;
        if is_plain && (keeping == Keeping::Kept || is_new) {
            return self.redirect(reaction.cookie);
        }
        self.page(visitor, keeping, reaction).await
    }

    /// Has the post's command done, if it has one.
    async fn obey(&self, visitor: &Visitor, post: &Post) -> Result<Option<Ack>, Problem> {
        let id = post.command_id();
        let action = match post.act {
            Act::Say => {
                let text = checked_text(post.words())
                    .map_err(|error| Problem::of(&self.language, error, post.words()))?;
                VisitorAction::Say {
                    id,
                    text: redact(&text).into_owned(),
                }
            }
            Act::Human => VisitorAction::AskForHuman,
            Act::Supervisor => VisitorAction::AskForSupervisor,
            Act::Leave | Act::Assistant | Act::End if visitor.conversation == Conversation::New => {
                return Ok(None);
            }
            Act::Leave => VisitorAction::LeaveQueue,
            Act::Assistant => VisitorAction::ChooseAssistant,
            Act::End => VisitorAction::End,
            Act::Contact | Act::NoContact => {
                let email = if post.act == Act::Contact {
                    &*post.email
                } else {
                    ""
                };
                return self.keep_contact(visitor, id, email).await;
            }
            Act::Correct | Act::Check | Act::Forget => return Ok(None),
        };
        if visitor.conversation == Conversation::Unknown {
            return Err(Problem::Refused(RefusalCode::Unavailable));
        }
        self.wait_for_turn(visitor, post.act).await?;
        let job = CommandJob {
            site: self.site.id,
            id: Some(id),
            opened_by: Some(secret::hash_token(&visitor.token)),
            command: Command::Visitor {
                conversation: visitor.conversation_id(self.site.id),
                action,
            },
            reply: Reply::Nobody,
        };
        match self.app.service.command(job).await {
            Ok(ack) => Ok(Some(ack)),
            // A person has taken it meanwhile, or it is over: there is no line to leave; or the shop has removed its
            // assistant. The page shows why.
            Err(RefusalCode::NotWaiting | RefusalCode::NoAssistant) => Ok(None),
            Err(code) => Err(Problem::Refused(code)),
        }
    }

    /// Keeps an address for a conversation that has begun; there is nobody to write to before.
    async fn keep_contact(
        &self,
        visitor: &Visitor,
        id: CommandId,
        email: &str,
    ) -> Result<Option<Ack>, Problem> {
        let email = contact_of(email).map_err(Problem::Refused)?;
        let conversation = match visitor.conversation {
            Conversation::Begun(conversation) => conversation,
            Conversation::New => return Ok(None),
            Conversation::Unknown => return Err(Problem::Refused(RefusalCode::Unavailable)),
        };
        self.wait_for_turn(visitor, Act::Contact).await?;
        let (reply, answer) = oneshot::channel();
        self.app
            .service
            .keep_contact(self.site.id, conversation, id, email, Reply::Caller(reply))
            .await;
        let answer = answer.await.unwrap_or(Err(RefusalCode::Unavailable));
        answer.map(Some).map_err(Problem::Refused)
    }

    async fn page(&self, visitor: Visitor, keeping: Keeping, reaction: Reaction) -> Response {
        let standing = match visitor.conversation {
            Conversation::Begun(id) => self.standing(id).await.ok(),
            Conversation::New => Some(Standing::blank(&self.face)),
            Conversation::Unknown => None,
        };
        let files = assets::page_files("visitor");
        // What answers a post may show what was posted.
        let is_first = visitor.conversation == Conversation::New && self.from.is_none();
        // Whoever comes for the first time has no file of ours: they would ask for the style once they have the page, and
        // see nothing until it comes. Later pages are not compressed, and the style would be the most of them.
        let style = files.as_ref().filter(|_| is_first).and_then(|files| {
            let style = assets::page_style("visitor", files)?;
            Some(style + &self.address.theme.style())
        });
        let html = ChatPage {
            address: &self.address,
            language: &self.language,
            host_origin: self.host_origin.as_deref(),
            site: &self.face,
            files: files.as_ref(),
            style: style.as_deref(),
            identity: Identity {
                token: &visitor.token,
                has_begun: visitor.has_begun(),
                keeping,
            },
            command_id: CommandId(secret::random_id()),
            standing: standing.as_ref(),
            now: self.app.service.now(),
            draft: &reaction.draft,
            refusal: reaction.refusal.as_deref(),
            failed: reaction.failed,
            unkept: &reaction.unkept,
            uncorrected: &reaction.uncorrected,
            hours: self.site.settings.hours.as_ref(),
        }
        .render();
        let status = match standing {
            None if reaction.status.is_success() => StatusCode::SERVICE_UNAVAILABLE,
            _ => reaction.status,
        };
        let mut response = if is_first {
            let style = style.as_deref();
            let mut response = self.answer_with(style, status, String::new(), reaction.cookie);
            compress::answer_with(&mut response, html.into_bytes(), self.encoding);
            response
        } else {
            self.answer(status, html, reaction.cookie)
        };
        if let Some(standing) = standing {
            answer::name_next(&mut response, standing.next());
        }
        response
    }

    /// To the page, as a new request: loading it again then sends nothing again. The browser keeps the fragment.
    fn redirect(&self, cookie: Option<HeaderValue>) -> Response {
        let mut response = self.answer(StatusCode::SEE_OTHER, String::new(), cookie);
        let url = HeaderValue::from_str(&self.address.url()).expect("an address is escaped");
        response.headers_mut().insert(LOCATION, url);
        response
    }

    fn notice(&self, status: StatusCode, notice: Notice) -> Response {
        let files = assets::page_files("visitor");
        let html = page::notice(
            notice,
            &self.language,
            Some(&self.address.url()),
            files.as_ref(),
        );
        self.answer(status, html, None)
    }

    fn answer(&self, status: StatusCode, html: String, cookie: Option<HeaderValue>) -> Response {
        self.answer_with(None, status, html, cookie)
    }

    /// The answer with a page that has this style in it.
    fn answer_with(
        &self,
        style: Option<&str>,
        status: StatusCode,
        html: String,
        cookie: Option<HeaderValue>,
    ) -> Response {
        let site = &*self.site;
        let kind = policy::Kind::Chat { site, style };
        let mut response = private_page(self.app, status, html, kind);
        if let Some(cookie) = cookie {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        response
    }
}

#[cfg(test)]
mod tests;
