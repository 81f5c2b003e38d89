//! Certificates: given ones, or a pilot certificate that the server makes for itself.
//!
//! The pilot certificate is signed by an authority made for it alone, whose key is thrown away at once: whoever trusts
//! the authority trusts this one certificate and can be given no other.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use utoipa::ToSchema;

/// A pilot is over long before; browsers refuse more than 398 days.
const VALID_FOR: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Clocks differ.
const VALID_BEFORE: SignedDuration = SignedDuration::from_hours(24);
/// Remade when less is left.
const LEAST_LEFT: SignedDuration = SignedDuration::from_hours(14 * 24);

/// With what the server's answers are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TlsKind {
    /// Nothing is encrypted: this machine only.
    None,
    /// The server made its certificate itself.
    Pilot,
    /// It was given one.
    Own,
}

/// The pilot certificate, for the page that explains how to trust it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Certificate {
    pub(crate) pem: String,
    /// SHA-256 of the certificate, upper-case hexadecimal pairs with colons.
    pub(crate) fingerprint: String,
    /// Host names and addresses that it covers.
    pub(crate) names: Vec<String>,
    pub(crate) expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    #[error("{path} can't be used ({reason}). Check the file and who may read it.")]
    File { path: PathBuf, reason: String },
    #[error("The certificate {certificate} and the key {key} don't serve together ({reason}).")]
    Pair {
        certificate: PathBuf,
        key: PathBuf,
        reason: String,
    },
    #[error("The pilot certificate can't be made ({0}). Give one with --tls-cert and --tls-key.")]
    Make(String),
}

/// What is known of a pilot certificate without reading it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct About {
    names: Vec<String>,
    expires_at: Timestamp,
}

struct Paths {
    authority: PathBuf,
    chain: PathBuf,
    key: PathBuf,
    about: PathBuf,
}

impl Paths {
    fn within(data: &Path) -> Self {
        Self {
            authority: data.join("pilot-authority.pem"),
            chain: data.join("pilot-certificate.pem"),
            key: data.join("pilot-key.pem"),
            about: data.join("pilot-certificate.toml"),
        }
    }
}

/// Names and addresses by which tablets in the local network may call this machine.
pub(crate) fn own_names() -> Vec<String> {
    let mut names = vec!["localhost".to_owned()];
    let host = gethostname::gethostname().to_string_lossy().to_lowercase();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if !host.is_empty() && host != "localhost" && host.chars().all(letters) {
        if !host.contains('.') {
            names.push(format!("{host}.local"));
        }
        names.push(host);
    }
    names.extend(["127.0.0.1".to_owned(), "::1".to_owned()]);
    names.extend(lan_addresses().iter().map(IpAddr::to_string));
    names
}

/// Addresses of this machine in its networks, version 4 first.
pub(crate) fn lan_addresses() -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = if_addrs::get_if_addrs()
        .unwrap_or_default()
        .iter()
        .filter(|interface| !interface.is_loopback() && !interface.is_link_local())
        .map(if_addrs::Interface::ip)
        .collect();
    addresses.sort_by_key(IpAddr::is_ipv6);
    addresses.dedup();
    addresses
}

/// The pilot certificate in the data folder: the one that is there, while it covers `names` and lasts, else a new one.
pub(crate) fn pilot(
    data: &Path,
    names: &[String],
    now: Timestamp,
) -> Result<(Arc<ServerConfig>, Certificate), TlsError> {
    let paths = Paths::within(data);
    let about = match kept(&paths, names, now) {
        Some(about) => about,
        None => make(&paths, names, now)?,
    };
    let config = load(&paths.chain, &paths.key)?;
    let pem = read(&paths.authority)?;
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|error| TlsError::File {
        path: paths.authority,
        reason: error.to_string(),
    })?;
    let pairs: Vec<String> = Sha256::digest(&der).iter().map(|byte| format!("{byte:02X}")).collect();
    let shown = Certificate {
        pem,
        fingerprint: pairs.join(":"),
        names: about.names,
        expires_at: about.expires_at,
    };
    Ok((config, shown))
}

fn kept(paths: &Paths, names: &[String], now: Timestamp) -> Option<About> {
    let about: About = toml::from_str(&std::fs::read_to_string(&paths.about).ok()?).ok()?;
    let covers = names.iter().all(|name| about.names.contains(name));
    let lasts = now + LEAST_LEFT < about.expires_at;
    let readable = load(&paths.chain, &paths.key).is_ok() && paths.authority.exists();
    (covers && lasts && readable).then_some(about)
}

fn make(paths: &Paths, names: &[String], now: Timestamp) -> Result<About, TlsError> {
    let failed = |error: rcgen::Error| TlsError::Make(error.to_string());
    let expires_at = now + VALID_FOR;
    let between = |params: &mut CertificateParams| -> Result<(), TlsError> {
        params.not_before = moment(now - VALID_BEFORE)?;
        params.not_after = moment(expires_at)?;
        Ok(())
    };

    let mut authority = CertificateParams::new(Vec::<String>::new()).map_err(failed)?;
    authority
        .distinguished_name
        .push(DnType::CommonName, "Vedette pilot authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    between(&mut authority)?;
    let authority_key = KeyPair::generate().map_err(failed)?;
    let authority_certificate = authority.self_signed(&authority_key).map_err(failed)?;

    let mut own = CertificateParams::new(names.to_vec()).map_err(failed)?;
    own.distinguished_name.push(DnType::CommonName, "Vedette pilot server");
    own.is_ca = IsCa::ExplicitNoCa;
    own.use_authority_key_identifier_extension = true;
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    between(&mut own)?;
    let own_key = KeyPair::generate().map_err(failed)?;
    let issuer = Issuer::new(authority, authority_key);
    let own_certificate = own.signed_by(&own_key, &issuer).map_err(failed)?;

    let about = About {
        names: names.to_vec(),
        expires_at,
    };
    let text = toml::to_string(&about).map_err(|error| TlsError::Make(error.to_string()))?;
    write_private(&paths.key, &own_key.serialize_pem())?;
    write_private(
        &paths.chain,
        &format!("{}{}", own_certificate.pem(), authority_certificate.pem()),
    )?;
    write_private(&paths.authority, &authority_certificate.pem())?;
    write_private(&paths.about, &text)?;
    tracing::info!("made a pilot certificate; tablets that trusted an earlier one must trust this one");
    Ok(about)
}

fn moment(at: Timestamp) -> Result<OffsetDateTime, TlsError> {
    OffsetDateTime::from_unix_timestamp(at.as_second()).map_err(|error| TlsError::Make(error.to_string()))
}

/// Whole or not at all, readable for the owner only.
fn write_private(path: &Path, text: &str) -> Result<(), TlsError> {
    use std::io::Write as _;
    let failed = |error: std::io::Error| TlsError::File {
        path: path.to_owned(),
        reason: error.to_string(),
    };
    let fresh = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&fresh).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    std::fs::rename(&fresh, path).map_err(failed)
}

fn read(path: &Path) -> Result<String, TlsError> {
    std::fs::read_to_string(path).map_err(|error| TlsError::File {
        path: path.to_owned(),
        reason: error.to_string(),
    })
}

/// A certificate chain and its key, ready to serve.
pub(crate) fn load(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsError> {
    let unusable = |path: &Path, reason: String| TlsError::File {
        path: path.to_owned(),
        reason,
    };
    let chain: Vec<_> = CertificateDer::pem_slice_iter(read(certificate)?.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| unusable(certificate, error.to_string()))?;
    if chain.is_empty() {
        return Err(unusable(certificate, "it holds no certificate in PEM form".into()));
    }
    let private =
        PrivateKeyDer::from_pem_slice(read(key)?.as_bytes()).map_err(|error| unusable(key, error.to_string()))?;
    let pair = |error: rustls::Error| TlsError::Pair {
        certificate: certificate.to_owned(),
        key: key.to_owned(),
        reason: error.to_string(),
    };
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(pair)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(pair)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(days: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap() + SignedDuration::from_hours(24 * days)
    }

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_pilot_certificate_stays_until_it_no_longer_serves() {
        let folder = tempfile::tempdir().unwrap();
        let first = pilot(folder.path(), &names(&["localhost", "10.0.0.1"]), at(0))
            .unwrap()
            .1;
        assert_eq!(first.fingerprint.len(), 32 * 3 - 1);
        let same = pilot(folder.path(), &names(&["localhost"]), at(300)).unwrap().1;
        assert_eq!(same.fingerprint, first.fingerprint);
        let moved = pilot(folder.path(), &names(&["localhost", "10.0.0.2"]), at(1))
            .unwrap()
            .1;
        assert_ne!(moved.fingerprint, first.fingerprint);
        let expired = pilot(folder.path(), &names(&["localhost"]), at(360)).unwrap().1;
        assert_ne!(expired.fingerprint, moved.fingerprint);
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_for_its_owner_only_and_the_authoritys_is_kept_nowhere() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        pilot(folder.path(), &names(&["localhost"]), at(0)).unwrap();
        let mut keys = 0;
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            if std::fs::read_to_string(&path).unwrap().contains("PRIVATE KEY") {
                keys += 1;
                assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
        assert_eq!(keys, 1);
    }

    #[test]
    fn a_file_that_is_no_certificate_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pem");
        std::fs::write(&path, "nothing").unwrap();
        let message = load(&path, &path).unwrap_err().to_string();
        assert!(message.contains("a.pem"), "{message}");
    }
}
