using System.Globalization;
using OsDeploy.Benchmarks.Machine;
using Xunit;

namespace OsDeploy.Tests.Benchmarks;

public sealed class BackgroundProgramTests
{
    [Fact]
    public async Task A_program_that_names_the_folder_of_its_pid_file_is_ended()
    {
        using var folder = new TemporaryFolder();
        var (pidFile, pid) = await SleepAsync(folder, folder["daemon"]);
        await BackgroundProgram.EndAsync(pidFile, TestContext.Current.CancellationToken);
        Assert.Equal("", CommandLineOf(pid));
        Assert.False(File.Exists(pidFile));
    }

    [Fact]
    public async Task A_number_that_belongs_to_another_program_meanwhile_ends_nothing()
    {
        using var folder = new TemporaryFolder();
        var (pidFile, pid) = await SleepAsync(folder, "another");
        await BackgroundProgram.EndAsync(pidFile, TestContext.Current.CancellationToken);
        Assert.StartsWith("another", CommandLineOf(pid), StringComparison.Ordinal);
        Assert.False(File.Exists(pidFile));
        await new Command("kill", pid.ToString(CultureInfo.InvariantCulture)).RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_pid_file_there_is_nothing_to_end()
    {
        using var folder = new TemporaryFolder();
        await BackgroundProgram.EndAsync(folder["pid"], TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_peak_of_a_running_program_is_in_bytes() =>
        Assert.InRange(BackgroundProgram.PeakBytes(Environment.ProcessId), 1 << 20, 1L << 40);

    [Fact]
    public void A_program_that_is_gone_has_no_peak()
    {
        // pid_max is 2^22 at most (proc(5)).
        var error = Assert.Throws<UserErrorException>(() => BackgroundProgram.PeakBytes((1 << 22) + 1));
        Assert.Equal("bench-daemon-gone", error.Code);
    }

    /// <param name="name">What its command line shows.</param>
    private static async Task<(string PidFile, int Pid)> SleepAsync(TemporaryFolder folder, string name)
    {
        var pidFile = folder["pid"];
        // Told by its input: nothing but the program itself may show the name.
        const string Script = """
            read -r pidFile
            read -r name
            (exec -a "$name" sleep 600) > /dev/null 2>&1 < /dev/null &
            echo $! > "$pidFile"
            until [ "$(tr '\0' ' ' < /proc/$!/cmdline)" = "$name 600 " ]; do :; done
            """;
        await new Command("bash", "-c", Script).WithInput($"{pidFile}\n{name}\n").RunAsync(TestContext.Current.CancellationToken);
        return (pidFile, BackgroundProgram.Read(pidFile));
    }

    private static string CommandLineOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
