//! The program itself, serving, and a client that asks it over the network.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};

/// What has not happened by then never will.
pub(crate) const SOON: Duration = Duration::from_secs(30);

/// A server of its own. It is killed when it is dropped.
pub(crate) struct Running {
    child: Mutex<Child>,
    address: String,
}

/// An answer, read to its end.
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Heard {
    /// That what was sent is done, and the browser goes on at an address that begins like this.
    pub(crate) fn leads_to(&self, path: &str) {
        let text = &self.text;
        assert_eq!(self.status, 303, "{text}");
        assert!(text.contains(&format!("location: {path}")), "{text}");
    }
}

impl Running {
    /// Starts it in a folder, which it has for itself, and waits until it listens.
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rareshare"))
            .arg("serve")
            .args(["--address", "127.0.0.1:0", "--metrics-address", "off"])
            .args(arguments)
            .current_dir(folder)
            .env_remove("RARESHARE_DATABASE_URL")
            .env_remove("RARESHARE_MASTER_KEY")
            .env_remove("RARESHARE_KEY_DIR")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, address) = line.split_once("RareShare is at http://")?;
            Some(address.to_owned())
        });
        // Else it would wait for somebody who reads what else it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child: Mutex::new(child),
            address: address.expect("it listens"),
        }
    }

    /// As a power cut would: SIGKILL.
    pub(crate) fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    pub(crate) fn get(&self, path: &str) -> Heard {
        let request = format!("GET {path} HTTP/1.1\r\n");
        self.ask(&request, "").unwrap()
    }

    /// The same for who is signed in.
    pub(crate) fn get_as(&self, path: &str, session: &str) -> Heard {
        let request = format!("GET {path} HTTP/1.1\r\nCookie: session={session}\r\n");
        self.ask(&request, "").unwrap()
    }

    /// Sends a form as a page without a script does. `None` where the server is gone.
    pub(crate) fn send(&self, path: &str, session: &str, body: &str) -> Option<Heard> {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nCookie: session={session}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n"
        );
        self.ask(&request, body)
    }

    fn ask(&self, request: &str, body: &str) -> Option<Heard> {
        let mut stream = self.connect()?;
        write!(
            stream,
            "{request}Host: {}\r\nConnection: close\r\n\r\n{body}",
            self.address
        )
        .ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let text = String::from_utf8_lossy(&answer).into_owned();
        let status = text.split(' ').nth(1)?.parse().ok()?;
        Some(Heard { status, text })
    }

    fn connect(&self) -> Option<TcpStream> {
        let stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(SOON)).ok()?;
        Some(stream)
    }

    /// Listens to a stream of events.
    pub(crate) fn listen(&self, path: &str) -> impl Iterator<Item = String> + use<> {
        let mut stream = self.connect().unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.address
        )
        .unwrap();
        let lines = BufReader::new(stream).lines().map_while(Result::ok);
        lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(mut child) = self.child.lock() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Asks again and again until it is so, and tells how long that took.
pub(crate) fn wait_until(mut is_so: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < SOON, "it never was");
        std::thread::sleep(Duration::from_millis(20));
    }
    begun.elapsed()
}
