//! Settings: by flag, else environment, else file, else default. A wrong value is refused by its name and origin.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::SettingArgs;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) data: PathBuf,
    pub(crate) models: PathBuf,
    pub(crate) http: SocketAddr,
    pub(crate) https: Option<SocketAddr>,
    /// Certificate chain and key; the pilot certificate where there is none.
    pub(crate) tls: Option<(PathBuf, PathBuf)>,
    /// Without a slash at the end.
    pub(crate) public_url: Option<String>,
    /// Where signed heads of the journal are written.
    pub(crate) audit_heads: PathBuf,
    /// The folder of data keys.
    pub(crate) keys: PathBuf,
    pub(crate) storage_key: KeySource,
}

/// Where the storage key comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum KeySource {
    File(PathBuf),
    /// A variable of the environment.
    Variable(String),
    /// A program that prints it, such as a key service's client; run by the system's shell.
    Command(String),
}

impl KeySource {
    pub(crate) const ALLOWED: &str =
        "a file's path, env:NAME for a variable, or command:PROGRAM for one that prints the key";

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let source = match text.split_once(':') {
            Some(("env", name)) => Self::Variable(name.trim().to_owned()),
            Some(("command", program)) => Self::Command(program.trim().to_owned()),
            _ => Self::File(text.into()),
        };
        let empty = match &source {
            Self::File(path) => path.as_os_str().is_empty(),
            Self::Variable(text) | Self::Command(text) => text.is_empty(),
        };
        (!empty).then_some(source)
    }
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SettingError {
    #[error("{name}, from {origin}: {found:?} isn't allowed. Allowed is {allowed}.")]
    Value {
        name: &'static str,
        origin: String,
        found: String,
        allowed: &'static str,
    },
    #[error("{file} can't be used as settings file: {reason}.")]
    File { file: String, reason: String },
    #[error(
        "tls-cert and tls-key are set, and no-tls too, which would leave them unused. Take away no-tls, or the other two."
    )]
    TlsUnused,
    #[error("http ({http}) and https ({https}) ask for the same port. Choose another for one of them.")]
    SamePort { http: SocketAddr, https: SocketAddr },
    #[error("{given} is set without {missing}. Give both, or neither for the pilot certificate.")]
    Pair { given: &'static str, missing: &'static str },
}

const DEFAULT_FILE: &str = "vedette.toml";
/// Of the environment's variables.
const PREFIX: &str = "VEDETTE_";
const NAMES: [&str; 11] = [
    "data",
    "models",
    "http",
    "https",
    "no-tls",
    "tls-cert",
    "tls-key",
    "public-url",
    "audit-heads",
    "keys",
    "storage-key",
];

/// Where values come from, besides flags.
struct Origins<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    file: String,
    table: toml::Table,
}

impl Origins<'_> {
    /// The value as text, and where it comes from.
    fn find(&self, name: &'static str, flag: Option<&str>) -> Option<(String, String)> {
        if let Some(text) = flag {
            return Some((text.to_owned(), "the command line".into()));
        }
        let variable = variable(name);
        if let Some(text) = (self.environment)(&variable) {
            return Some((text, format!("the environment ({variable})")));
        }
        let value = self.table.get(name)?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some((text, self.file.clone()))
    }

    fn get<T>(
        &self,
        name: &'static str,
        flag: Option<&str>,
        allowed: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingError> {
        let Some((found, origin)) = self.find(name, flag) else {
            return Ok(None);
        };
        match parse(&found) {
            Some(value) => Ok(Some(value)),
            None => Err(SettingError::Value {
                name,
                origin,
                found,
                allowed,
            }),
        }
    }
}

impl Settings {
    pub(crate) fn resolve(
        args: &SettingArgs,
        environment: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingError> {
        let file = args.config.clone().or_else(|| environment("VEDETTE_CONFIG"));
        let (file, table) = read_file(file)?;
        let from = Origins {
            environment,
            file,
            table,
        };
        let path = |name, flag: &Option<String>| {
            from.get(name, flag.as_deref(), "the path of a file or folder", |text| {
                (!text.is_empty()).then(|| PathBuf::from(text))
            })
        };
        let http = from.get(
            "http",
            args.http.as_deref(),
            "a loopback address and a port, such as 127.0.0.1:8080 or localhost:8080 (other machines are served by https)",
            |text| address(text, "http://").filter(|address| address.ip().is_loopback()),
        )?;
        let https = from.get(
            "https",
            args.https.as_deref(),
            "an address and a port, such as 0.0.0.0:8443",
            |text| address(text, "https://"),
        )?;
        let flag = args.no_tls.then_some("true");
        let no_tls = from
            .get("no-tls", flag, "true or false", |text| text.parse().ok())?
            .unwrap_or(false);
        let public_url = from.get(
            "public-url",
            args.public_url.as_deref(),
            "an address such as https://vedette.example:8443, without path",
            public_url,
        )?;
        let tls = match (path("tls-cert", &args.tls_cert)?, path("tls-key", &args.tls_key)?) {
            (Some(certificate), Some(key)) => Some((certificate, key)),
            (None, None) => None,
            (Some(_), None) => {
                return Err(SettingError::Pair {
                    given: "tls-cert",
                    missing: "tls-key",
                });
            }
            (None, Some(_)) => {
                return Err(SettingError::Pair {
                    given: "tls-key",
                    missing: "tls-cert",
                });
            }
        };
        if no_tls && tls.is_some() {
            return Err(SettingError::TlsUnused);
        }
        let http = http.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let https = (!no_tls).then(|| https.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 8443))));
        if let Some(https) = https.filter(|https| collide(http, *https)) {
            return Err(SettingError::SamePort { http, https });
        }
        let data = path("data", &args.data)?.unwrap_or_else(|| "data".into());
        Ok(Self {
            audit_heads: path("audit-heads", &args.audit_heads)?.unwrap_or_else(|| data.join("audit-heads.jsonl")),
            keys: path("keys", &args.keys)?.unwrap_or_else(|| data.join("keys")),
            storage_key: from
                .get(
                    "storage-key",
                    args.storage_key.as_deref(),
                    KeySource::ALLOWED,
                    KeySource::parse,
                )?
                .unwrap_or_else(|| KeySource::File(data.join("storage.key"))),
            data,
            models: path("models", &args.models)?.unwrap_or_else(|| "models".into()),
            http,
            https,
            tls,
            public_url,
        })
    }
}

fn read_file(file: Option<String>) -> Result<(String, toml::Table), SettingError> {
    let wanted = file.is_some();
    let file = file.unwrap_or_else(|| DEFAULT_FILE.to_owned());
    let failed = |reason: String| SettingError::File {
        file: file.clone(),
        reason,
    };
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !wanted => return Ok((file, toml::Table::new())),
        Err(error) => return Err(failed(error.to_string())),
    };
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| failed(with_line(&error, &text)))?;
    if let Some(unknown) = table.keys().find(|key| !NAMES.contains(&key.as_str())) {
        return Err(failed(format!(
            "{unknown:?} is no setting; settings are {}",
            NAMES.join(", ")
        )));
    }
    Ok((file, table))
}

fn with_line(error: &toml::de::Error, text: &str) -> String {
    let line = error
        .span()
        .and_then(|span| text.get(..span.start))
        .map(|before| before.matches('\n').count() + 1);
    match line {
        Some(line) => format!("line {line}: {}", error.message()),
        None => error.message().to_owned(),
    }
}

/// An address and a port, or `localhost` and a port.
fn address(text: &str, scheme: &str) -> Option<SocketAddr> {
    let text = text.strip_prefix(scheme).unwrap_or(text);
    match text.split_once(':') {
        Some((host, port)) if host.eq_ignore_ascii_case("localhost") => {
            Some(SocketAddr::from(([127, 0, 0, 1], port.parse().ok()?)))
        }
        _ => text.parse().ok(),
    }
}

/// Whether only one of them can be listened to. Port 0 is any free one.
fn collide(http: SocketAddr, https: SocketAddr) -> bool {
    let everywhere = https.ip().is_unspecified() && (https.is_ipv6() || http.is_ipv4());
    http.port() == https.port() && http.port() != 0 && (http.ip() == https.ip() || everywhere)
}

/// Variables that look like settings and are none: of a misspelt one nobody would notice that it does nothing. They are no
/// reason not to start: orchestrators set names of their own after the service, such as VEDETTE_PORT.
pub(crate) fn unknown_variables(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut unknown: Vec<_> = names
        .filter(|name| name.starts_with(PREFIX) && known_variables().all(|known| known != *name))
        .collect();
    unknown.sort_unstable();
    unknown
}

pub(crate) fn known_variables() -> impl Iterator<Item = String> {
    NAMES.into_iter().chain(["config", "log"]).map(variable)
}

fn variable(name: &str) -> String {
    format!("{PREFIX}{}", name.to_uppercase().replace('-', "_"))
}

fn public_url(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let uri: axum::http::Uri = text.parse().ok()?;
    let fits = matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some() && uri.path() == "/";
    (fits && uri.query().is_none()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    fn file(text: &str) -> (tempfile::NamedTempFile, SettingArgs) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let args = SettingArgs {
            config: Some(file.path().display().to_string()),
            ..SettingArgs::default()
        };
        (file, args)
    }

    #[test]
    fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
        let (_file, mut args) = file("data = \"from-file\"\nhttp = \"127.0.0.1:1\"\nno-tls = true\n");
        let environment = |name: &str| (name == "VEDETTE_DATA").then(|| "from-environment".to_owned());
        let found = Settings::resolve(&args, &none).unwrap();
        assert_eq!(
            (found.data.to_str(), found.http.port(), found.https),
            (Some("from-file"), 1, None)
        );
        assert_eq!(found.models.to_str(), Some("models"));
        assert_eq!(
            Settings::resolve(&args, &environment).unwrap().data.to_str(),
            Some("from-environment")
        );
        args.data = Some("from-flag".into());
        assert_eq!(
            Settings::resolve(&args, &environment).unwrap().data.to_str(),
            Some("from-flag")
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_origin_and_what_is_allowed() {
        let environment = |name: &str| (name == "VEDETTE_HTTP").then(|| "0.0.0.0:8080".to_owned());
        let message = Settings::resolve(&SettingArgs::default(), &environment)
            .unwrap_err()
            .to_string();
        for part in ["http", "VEDETTE_HTTP", "0.0.0.0:8080", "127.0.0.1:8080"] {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn a_misspelt_setting_in_the_file_is_refused() {
        let (_file, args) = file("dta = \"x\"\n");
        let message = Settings::resolve(&args, &none).unwrap_err().to_string();
        assert!(message.contains("dta") && message.contains("public-url"), "{message}");
    }

    #[test]
    fn a_certificate_comes_with_its_key() {
        let args = SettingArgs {
            tls_cert: Some("a.pem".into()),
            ..SettingArgs::default()
        };
        assert!(matches!(
            Settings::resolve(&args, &none),
            Err(SettingError::Pair { .. })
        ));
    }

    #[test]
    fn settings_that_would_go_unused_or_collide_are_refused() {
        let args = SettingArgs {
            tls_cert: Some("a.pem".into()),
            tls_key: Some("k.pem".into()),
            no_tls: true,
            ..SettingArgs::default()
        };
        assert_eq!(Settings::resolve(&args, &none), Err(SettingError::TlsUnused));
        let at = |http: &str, https: &str| {
            let args = SettingArgs {
                http: Some(http.into()),
                https: Some(https.into()),
                ..SettingArgs::default()
            };
            Settings::resolve(&args, &none)
        };
        for (http, https) in [
            ("127.0.0.1:8443", "0.0.0.0:8443"),
            ("127.0.0.1:8443", "[::]:8443"),
            ("[::1]:9", "[::1]:9"),
        ] {
            assert!(
                matches!(at(http, https), Err(SettingError::SamePort { .. })),
                "{http} {https}"
            );
        }
        for (http, https) in [
            ("127.0.0.1:8443", "10.0.0.1:8443"),
            ("[::1]:8443", "0.0.0.0:8443"),
            ("127.0.0.1:0", "0.0.0.0:0"),
        ] {
            assert!(at(http, https).is_ok(), "{http} {https}");
        }
    }

    #[test]
    fn a_storage_key_comes_from_a_file_the_environment_or_a_program() {
        let found = |text: &str| KeySource::parse(text);
        assert_eq!(found("/run/key"), Some(KeySource::File("/run/key".into())));
        assert_eq!(found("env:KEY"), Some(KeySource::Variable("KEY".into())));
        let program = "vault read -field=key secret/vedette";
        assert_eq!(
            found(&format!("command:{program}")),
            Some(KeySource::Command(program.into()))
        );
        for nothing in ["", "env:", "command: "] {
            assert_eq!(found(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn localhost_is_a_loopback_address() {
        let loopback = |port| Some(SocketAddr::from(([127, 0, 0, 1], port)));
        assert_eq!(address("localhost:8080", "http://"), loopback(8080));
        assert_eq!(address("http://LocalHost:1", "http://"), loopback(1));
        for wrong in [
            "localhost",
            "localhost:",
            "localhost:x",
            "localhost.example:80",
            "local:80",
        ] {
            assert_eq!(address(wrong, "http://"), None, "{wrong}");
        }
    }

    #[test]
    fn a_broken_settings_file_is_refused_with_the_line() {
        let (_file, args) = file("data = \"x\"\n\nhttp = 127.0.0.1:8080\n");
        let message = Settings::resolve(&args, &none).unwrap_err().to_string();
        assert!(message.contains("line 3"), "{message}");
    }

    #[test]
    fn a_misspelt_variable_is_noticed_and_others_are_not() {
        let names = [
            "VEDETTE_HTTPP",
            "VEDETTE_HTTP",
            "VEDETTE_LOG",
            "VEDETTE_CONFIG",
            "VEDETTE_NO_TLS",
            "HOME",
        ];
        let found = unknown_variables(names.into_iter().map(str::to_owned));
        assert_eq!(found, ["VEDETTE_HTTPP"]);
    }

    #[test]
    fn a_public_url_has_no_path() {
        assert_eq!(
            public_url("https://a.example:8443/"),
            Some("https://a.example:8443".into())
        );
        for wrong in ["a.example", "ftp://a", "https://a/b", "https://a/?q"] {
            assert_eq!(public_url(wrong), None, "{wrong}");
        }
    }
}
