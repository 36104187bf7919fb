//! S10, P10: the program itself, by TLS: what it says of its mail server, and what is in no log.

use std::path::Path;

use human_please_tests::http::request;
use human_please_tests::mail_server::{MAIL_PASSWORD, MailServer, Security, USER, Verdict};
use human_please_tests::program::{Program, binary};
use human_please_tests::server::{Place, Server, Setup};
use hyper::Method;
use tokio::process::Command;

use super::{CANARY, EMAIL, answered, patience};

/// The user and the password as a URL has them.
fn login(password: &str) -> String {
    let escaped = |text: &str| {
        let escape = |byte: u8| format!("%{byte:02X}");
        text.bytes().map(escape).collect::<String>()
    };
    format!("{}:{}", escaped(USER), escaped(password))
}

/// The program with a mail server, which trusts this certificate alone.
fn serve(database: &Path, smtp: &str, certificate: &Path) -> Program {
    let mut command = Command::new(binary());
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--database"])
        .arg(format!("sqlite:{}", database.display()))
        .args(["--public-url", "http://chat.example"])
        .args(["--mail-from", "Lumen & Oak <help@shop.example>"])
        .env("HUMAN_PLEASE_SMTP", smtp)
        .env("SSL_CERT_FILE", certificate)
        .env_remove("SSL_CERT_DIR");
    Program::spawn(command)
}

#[tokio::test]
async fn a_mail_server_is_reached_by_tls_or_not_at_all() {
    let place = Place::furnished().await;
    let certificate = place.folder().join("certificate.pem");
    let good = login(MAIL_PASSWORD);
    let bad = login("another");
    for (security, scheme, login, said) in [
        (Security::Tls, "smtps", &good, "the mail server answers"),
        (Security::StartTls, "smtp", &good, "the mail server answers"),
        (Security::Tls, "smtps", &bad, "answered 535"),
        // Nothing is said to one that does not know STARTTLS.
        (Security::None, "smtp", &good, "STARTTLS is not supported"),
    ] {
        let mail_server = MailServer::start_at("127.0.0.1:0", security);
        std::fs::write(&certificate, &mail_server.certificate).unwrap();
        let port = mail_server.address.port();
        let smtp = format!("{scheme}://{login}@localhost:{port}");
        let program = serve(&place.database(), &smtp, &certificate);
        program.address().await;
        program.until_stderr(said).await;
        let log = program.stderr().join("\n");
        for secret in [MAIL_PASSWORD, USER, login] {
            assert!(!log.contains(secret), "{log}");
        }
        program.kill().await;
    }
    // Somebody else's certificate is none.
    let mail_server = MailServer::start_at("127.0.0.1:0", Security::Tls);
    let other = MailServer::start_at("127.0.0.1:0", Security::Tls);
    std::fs::write(&certificate, &other.certificate).unwrap();
    let smtp = format!("smtps://{good}@localhost:{}", mail_server.address.port());
    let program = serve(&place.database(), &smtp, &certificate);
    let line = program.until_stderr("the mail server does not take").await;
    assert!(line.contains("certificate"), "{line}");
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused_at_the_start_by_name() {
    let place = Place::furnished().await;
    let public_url = ["--public-url", "https://chat.example"];
    let from = ["--mail-from", "help@shop.example"];
    for (arguments, said) in [
        (
            vec!["--smtp", "smtp+plain://mail.example:25"],
            "--smtp (HUMAN_PLEASE_SMTP) has smtp+plain",
        ),
        (vec!["--smtp", "smtps://u:hunter2@"], "--smtp"),
        (
            vec!["--smtp", "smtps://u:hunter2@mail.example"],
            "--mail-from (HUMAN_PLEASE_MAIL_FROM) is needed with --smtp",
        ),
        (from.to_vec(), "is needed with --mail-from"),
        (
            vec![
                "--smtp",
                "smtps://u:hunter2@mail.example",
                "--mail-from",
                "Oak",
            ],
            "--mail-from (HUMAN_PLEASE_MAIL_FROM) has no email address",
        ),
    ] {
        let mut all = arguments.clone();
        all.extend(public_url);
        let mut program = Program::serve(&place.database(), &all);
        assert!(!program.ended().await.success(), "{arguments:?}");
        let printed = program.stderr().join("\n");
        assert!(printed.contains(said), "{arguments:?}: {printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
    }
    let mut all = vec!["--smtp", "smtps://mail.example"];
    all.extend(from);
    let mut program = Program::serve(&place.database(), &all);
    assert!(!program.ended().await.success());
    assert!(program.stderr().join("\n").contains("--public-url"));
}

/// The whole way in one process of its own: of what it is told and sends nothing is in its log.
#[tokio::test]
async fn no_address_code_or_name_is_in_a_log() {
    // A first server waits for the visitor, and stops before it has written.
    let place = Place::furnished().await;
    let never = MailServer::start();
    let endless = human_please::mail::Patience {
        gone: std::time::Duration::from_secs(60 * 60),
        ..patience()
    };
    let setup = Setup::with_mail(never.address, endless);
    let server = Server::start_at(place, setup).await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let place = server.stop().await;

    let mail_server = MailServer::start_at("127.0.0.1:0", Security::Tls);
    mail_server.treat(Verdict::Refuse(550));
    let certificate = place.folder().join("certificate.pem");
    std::fs::write(&certificate, &mail_server.certificate).unwrap();
    let (good, port) = (login(MAIL_PASSWORD), mail_server.address.port());
    let smtp = format!("smtps://{good}@localhost:{port}");
    let program = serve(&place.database(), &smtp, &certificate);
    let address = program.address().await;
    program.until_stderr("the mail server answers").await;
    let code = "0123456789abcdef".repeat(4);
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("origin", "http://chat.example"),
    ];
    let body = format!("code={code}");
    let answer = request(address, Method::POST, "/continue/shop", &headers, &body).await;
    assert_eq!(answer.status, 404);
    let metrics = human_please_tests::http::get(address, "/metrics").await;
    let log = program.stderr().join("\n") + metrics.text();
    for secret in [EMAIL, &code, USER, MAIL_PASSWORD, CANARY, "Ana", "Lumen"] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}
