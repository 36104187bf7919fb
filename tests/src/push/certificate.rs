//! A certificate for one name, made for one run and signed by itself, in the few lines of DER that it takes: crates that make them
//! bring a dozen others along.

use std::sync::Arc;

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;

/// ecdsa-with-SHA256 (RFC 5758).
const ALGORITHM: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02";

/// id-ecPublicKey on secp256r1 (RFC 5480).
const KEY_KIND: &[u8] =
    b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";

/// id-at-commonName (RFC 5280).
const COMMON_NAME: &[u8] = b"\x06\x03\x55\x04\x03";

/// id-ce-subjectAltName (RFC 5280).
const ALTERNATIVE_NAME: &[u8] = b"\x06\x03\x55\x1d\x11";

/// Who somebody is, and what proves it.
pub struct Certified {
    /// The certificate, which is its own root.
    pub certificate: CertificateDer<'static>,
    /// With it, a server shows it.
    pub config: ServerConfig,
}

/// A certificate for a name.
///
/// # Panics
///
/// If the operating system has no randomness.
#[must_use]
pub fn of(name: &str) -> Certified {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random)
        .expect("the operating system gives random bytes");
    let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &random)
        .expect("it was just made");

    let algorithm = der(SEQUENCE, &[ALGORITHM]);
    let common = der(
        SEQUENCE,
        &[COMMON_NAME, &der(UTF8_STRING, &[name.as_bytes()])],
    );
    let who = der(SEQUENCE, &[&der(SET, &[&common])]);
    let from = der(UTC_TIME, &[b"200101000000Z"]);
    let until = der(UTC_TIME, &[b"491231235959Z"]);
    let public = der(BIT_STRING, &[b"\0", key.public_key().as_ref()]);
    let alternative = der(SEQUENCE, &[&der(0x82, &[name.as_bytes()])]);
    let extension = der(
        SEQUENCE,
        &[ALTERNATIVE_NAME, &der(OCTET_STRING, &[&alternative])],
    );
    let content = der(
        SEQUENCE,
        &[
            // Version 3, number 1.
            b"\xa0\x03\x02\x01\x02\x02\x01\x01",
            &algorithm,
            &who,
            &der(SEQUENCE, &[&from, &until]),
            &who,
            &der(SEQUENCE, &[&der(SEQUENCE, &[KEY_KIND]), &public]),
            &der(0xa3, &[&der(SEQUENCE, &[&extension])]),
        ],
    );
    let signature = key
        .sign(&random, &content)
        .expect("the operating system gives random bytes");
    let signature = der(BIT_STRING, &[b"\0", signature.as_ref()]);
    let certificate = CertificateDer::from(der(SEQUENCE, &[&content, &algorithm, &signature]));

    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let key = PrivatePkcs8KeyDer::from(made.as_ref().to_owned());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key.into())
        .expect("the key is the certificate's");
    Certified {
        certificate,
        config,
    }
}

/// A value in DER: what it is, its length, and its parts.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = u16::try_from(content.len()).expect("certificates are short");
    let [high, low] = length.to_be_bytes();
    let head = match length {
        0..=0x7f => vec![tag, low],
        0x80..=0xff => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, content].concat()
}
