//! What a process holds, as Linux tells it.

/// What a process holds.
#[derive(Clone, Copy, Debug)]
pub struct Resources {
    /// Memory that is resident, kB.
    pub resident_kb: u64,
    /// File descriptors that are open.
    pub files: usize,
}

/// What a process holds now.
pub fn of(pid: u32) -> Resources {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("it runs");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("VmRSS");
    let resident = resident.trim().split(' ').next().and_then(|number| number.parse().ok());
    let files = std::fs::read_dir(format!("/proc/{pid}/fd")).expect("it runs").count();
    Resources { resident_kb: resident.expect("a number"), files }
}
