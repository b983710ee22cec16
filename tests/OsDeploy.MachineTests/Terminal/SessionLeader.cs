using System.Runtime.InteropServices;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>
/// A program as the first of a session, with a terminal of its own: as getty and sshd start one, and nothing else does. What it inherits
/// is said here, not taken from whoever runs the tests.
/// </summary>
internal sealed partial class SessionLeader
{
    private const int Room = 1024; // More than the C library's structures take.
    private const int ReadWrite = 2; // O_RDWR
    private const short OwnSession = 0x80 | 0x08 | 0x04; // POSIX_SPAWN_SETSID, _SETSIGMASK, _SETSIGDEF

    private readonly TaskCompletionSource<int> _end = new();

    private SessionLeader(int pid)
    {
        Pid = pid;
        new Thread(Await) { IsBackground = true }.Start();
    }

    public int Pid { get; }

    /// <summary>As a shell says it: 128 and the signal's number if one ended it. Null: it lives.</summary>
    public int? ExitCode => _end.Task.IsCompleted ? _end.Task.Result : null;

    /// <param name="device">Becomes its controlling terminal, its input and both its outputs.</param>
    /// <param name="environment">All of it: <c>NAME=value</c>.</param>
    /// <param name="folder">Where it is started.</param>
    public static SessionLeader Start(string program, IEnumerable<string> arguments, IEnumerable<string> environment, string device, string folder)
    {
        var (actions, attributes, signals) = (Marshal.AllocHGlobal(Room), Marshal.AllocHGlobal(Room), Marshal.AllocHGlobal(Room));
        var (words, variables) = (Strings([program, .. arguments]), Strings(environment));
        try
        {
            _ = posix_spawn_file_actions_init(actions);
            _ = posix_spawn_file_actions_addopen(actions, 0, device, ReadWrite, 0);
            _ = posix_spawn_file_actions_adddup2(actions, 0, 1);
            _ = posix_spawn_file_actions_adddup2(actions, 0, 2);
            _ = posix_spawn_file_actions_addchdir_np(actions, folder);
            _ = posix_spawnattr_init(attributes);
            _ = sigfillset(signals);
            _ = posix_spawnattr_setsigdefault(attributes, signals);
            _ = sigemptyset(signals);
            _ = posix_spawnattr_setsigmask(attributes, signals);
            _ = posix_spawnattr_setflags(attributes, OwnSession);
            var error = posix_spawn(out var pid, program, actions, attributes, words, variables);
            _ = posix_spawn_file_actions_destroy(actions);
            return error == 0 ? new SessionLeader(pid) : throw new IOException($"{program} does not start: {error}");
        }
        finally
        {
            Array.ForEach([.. words, .. variables], Marshal.FreeCoTaskMem);
            Array.ForEach([actions, attributes, signals], Marshal.FreeHGlobal);
        }
    }

    /// <returns>False: it lives still.</returns>
    public bool WaitForEnd(TimeSpan patience) => _end.Task.Wait(patience);

    /// <summary>Only while it has not been seen to end: its number may be another's then.</summary>
    public void Signal(int signal)
    {
        if (ExitCode is null)
        {
            _ = kill(Pid, signal);
        }
    }

    /// <summary>Everybody in its session, itself included, and their children.</summary>
    public IReadOnlyList<string> Processes() =>
        [.. Directory.EnumerateDirectories("/proc").Select(StatusOf).OfType<string>().Where(IsOurs)];

    private void Await()
    {
        int status;
        while (waitpid(Pid, out status, 0) != Pid)
        {
            // A signal for the tests themselves came in between.
        }

        _end.SetResult((status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F));
    }

    // "pid (name) state parent group session ...", and a name may hold anything.
    private bool IsOurs(string status)
    {
        var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
        var own = Pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return fields[1] == own || fields[3] == own;
    }

    private static string? StatusOf(string folder)
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0]) ? File.ReadAllText(folder + "/stat") : null;
        }
        catch (IOException)
        {
            // It has just ended.
            return null;
        }
    }

    private static nint[] Strings(IEnumerable<string> texts) => [.. texts.Select(Marshal.StringToCoTaskMemUTF8), 0];

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, nint actions, nint attributes, nint[] arguments, nint[] environment);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(nint actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(nint actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(nint actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_adddup2(nint actions, int from, int to);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addchdir_np(nint actions, string path);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_init(nint attributes);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setflags(nint attributes, short flags);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigdefault(nint attributes, nint signals);

    [LibraryImport("libc")]
    private static partial int posix_spawnattr_setsigmask(nint attributes, nint signals);

    [LibraryImport("libc")]
    private static partial int sigfillset(nint signals);

    [LibraryImport("libc")]
    private static partial int sigemptyset(nint signals);

    [LibraryImport("libc")]
    private static partial int waitpid(int pid, out int status, int options);

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
