using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks;

/// <summary>Every sentence of the benchmark that an operator can read as an error.</summary>
internal static class Errors
{
    public static UserErrorException NotRoot() => new(
        "bench-not-root",
        "The benchmark attaches loop devices, mounts them and drops caches, which only root may.",
        "Run `sudo ./build.sh bench`.");

    public static UserErrorException NoRoom(string folder, long needed, long free) => new(
        "bench-no-room",
        $"{Printable.Of(folder)} has {Sizes.Of(free)} free, the benchmark needs {Sizes.Of(needed)}.",
        "Name a folder on a larger disk with --work DIR, or measure less with --only NAME.");

    public static UserErrorException WorkBusy(string folder, Exception cause) => new(
        "bench-work-busy",
        $"{Printable.Of(folder)} cannot be used: {Printable.Of(cause.Message.TrimEnd('.'))}.",
        "Another benchmark may be running there; wait for it, or name another folder with --work DIR.",
        cause);

    public static UserErrorException NoSuchLine(string name) => new(
        "bench-no-such-line",
        $"No line begins with \"{Printable.Of(name)}\".",
        "`./build.sh bench --list` prints all names.");

    public static UserErrorException WrongBytes(string contender, string trial) => new(
        "bench-wrong-bytes",
        $"{contender} ended without an error in {trial}, but the used blocks of its target are not those of the source.",
        "A restore that writes wrong bytes is a fault; its speed means nothing. Run the trial alone with --only to see it again.");

    public static UserErrorException UsedMapUnreadable(string line) => new(
        "bench-used-map",
        $"partclone's list of used blocks holds a line that is not understood: {Printable.Of(line)}.",
        "Check with `partclone.info -v` that the installed partclone is a released version.");

    public static UserErrorException NoThrottle() => new(
        "bench-no-throttle",
        "This kernel limits no device: there is neither a blkio cgroup (v1) nor an io controller (v2).",
        "Run the slow-disk lines on a kernel with CONFIG_BLK_DEV_THROTTLING.");

    public static UserErrorException NoReadings(string text) => new(
        "bench-no-readings",
        $"GNU time printed no readings: {Printable.Of(text)}.",
        "Install the package time; the shell's own keyword does not do.");

    public static UserErrorException DaemonKeyUnreadable(string path, Exception cause) => new(
        "bench-daemon-key",
        $"{Printable.Of(path)} is not the key of an appliance: {Printable.Of(cause.Message)}",
        "The daemon did not start; its output lies beside its pid file.",
        cause);

    public static UserErrorException PinUnreadable(string path) => new(
        "bench-pin",
        $"{Printable.Of(path)} holds no fingerprint.",
        "The daemon did not start; its output lies beside that file.");

    public static UserErrorException DaemonGone(int pid, Exception cause) => new(
        "bench-daemon-gone",
        string.Create(CultureInfo.InvariantCulture, $"The daemon (process {pid}) ended before its memory was read."),
        "Run the trial alone with --only and look at the daemon's output in the scratch folder.",
        cause);

    public static UserErrorException StillRunning(int pid, TimeSpan patience) => new(
        "bench-still-running",
        string.Create(CultureInfo.InvariantCulture, $"Process {pid} did not end within {Sizes.Of(patience)}."),
        "Look at what it does with `ps` and end it by hand before the benchmark is run again.");

    public static UserErrorException ImageMissing(string image) => new(
        "bench-image-missing",
        $"The appliance has no current version of {Printable.Of(image)}.",
        "The capture of the trial has failed; run the trial alone with --only to see why.");

    public static UserErrorException HostsRefused(int refused, string why) => new(
        "bench-hosts-refused",
        string.Create(CultureInfo.InvariantCulture, $"The appliance does not take {refused} of the simulated hosts: {Printable.Of(why)}"),
        "The simulated hosts do not fit the image; run the trial alone with --only.");

    public static UserErrorException WrongChunk(string chunk) => new(
        "bench-wrong-chunk",
        $"What was served as chunk {Printable.Of(chunk)} is not that chunk.",
        "A daemon that serves wrong bytes is a fault; its speed means nothing.");

    public static UserErrorException ProgramEnded(string program, string output) => new(
        "bench-program-ended",
        $"{program} ended before its time: {Printable.Of(output.Trim())}",
        "Run the trial alone with --only to see it again.");

    public static UserErrorException RoomFailed(string why) => new(
        "bench-room-failed",
        $"The room was not restored: {Printable.Of(why)}.",
        "Run the trial alone with --only to see it again.");

    public static string NotInstalled(string program) => $"{program} is not installed";

    public static string NotBuilt(string path) => string.Create(
        CultureInfo.InvariantCulture, $"{Printable.Of(path)} does not exist: run ./build.sh build");

    public static UserErrorException PeerFailed(string why) => new(
        "bench-peer-failed",
        $"A program that osdeploy is measured beside has failed: {Printable.Of(why)}",
        "Its line has no figure this time.");
}
