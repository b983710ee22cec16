using System.Drawing;
using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Hosts;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Benchmarks.Measuring;
using OsDeploy.Benchmarks.Rooms;
using OsDeploy.MachineTests.Terminal;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Screens;

/// <summary>
/// The published console on a pseudo terminal of 100 by 30, against a daemon with hosts that work. Hosts, daemon, console and this program
/// share one processor: the times are on the safe side.
/// </summary>
/// <param name="program">osdeploy.</param>
/// <param name="socket">The daemon's.</param>
internal sealed class ScreenRun(string program, string socket, ApplianceAccess access, ScreenPlan plan)
{
    private const int HostsAtWork = 60;
    private const int HostsAtOnce = 500;
    private const int Starts = 5;
    private const int Keys = 40;

    private static readonly TimeSpan s_twiceASecond = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(300);

    public async Task<ScreenFigures> RunAsync(CancellationToken cancel)
    {
        using var person = await LogInAsync(cancel);
        using var room = await TalkingRoom.OpenAsync(1, HostsAtWork, person, Connect, cancel);
        await PageCache.DropAsync(cancel);
        var cold = FirstScreen();
        var warm = Enumerable.Range(0, Starts).Select(_ => FirstScreen()).Order().ElementAt(Starts / 2);
        using var console = Open();
        var login = LogIn(console);
        ConsoleKeys.OpenHosts(console);
        _ = console.Rest(s_quiet);
        var key = KeyTime.Median(Enumerable.Range(0, Keys).Select(count => KeyTime.Measure(console, count % 20 < 10 ? ConsoleKeys.Down : ConsoleKeys.Up)));
        var live = await LiveAsync(console, room, cancel);
        var resident = ResidentBytes(console.Pid);
        await AddManyAsync(person, cancel);
        console.UntilShows((HostsAtWork + plan.Many).ToString(CultureInfo.InvariantCulture));
        _ = console.Rest(s_quiet);
        console.Type(ConsoleKeys.Home);
        var page = KeyTime.Median(Enumerable.Range(0, Keys).Select(_ => KeyTime.Measure(console, ConsoleKeys.PageDown)));
        var filter = KeyTime.Median("/many-00".Select(letter => KeyTime.Measure(console, letter.ToString())));
        return new ScreenFigures(
            warm, cold, login, live, key.Milliseconds, key.Bytes, resident, page.Milliseconds, filter.Milliseconds, ResidentBytes(console.Pid), FrameTime.Milliseconds());
    }

    private double FirstScreen()
    {
        using var console = Open();
        console.UntilShows(ConsoleKeys.Login);
        return TimeProvider.System.GetElapsedTime(console.StartedAt).TotalMilliseconds;
    }

    private double LogIn(TerminalProgram console)
    {
        console.UntilShows(ConsoleKeys.Login);
        console.Type(ApplianceAccess.OperatorName + "\t" + access.Password);
        _ = console.Rest(s_quiet);
        var began = TimeProvider.System.GetTimestamp();
        console.Type("\r");
        console.UntilShows(string.Create(CultureInfo.InvariantCulture, $"{HostsAtWork} hosts"));
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private async Task<double> LiveAsync(TerminalProgram console, TalkingRoom room, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var work = room.WorkAsync(s_twiceASecond, over.Token);
        console.UntilShows("iB/s");
        console.Watch(TimeSpan.FromSeconds(2));
        var before = console.Screen.Bytes;
        console.Watch(plan.Span);
        var figure = (console.Screen.Bytes - before) / plan.Span.TotalSeconds;
        await over.CancelAsync();
        await work;
        return figure;
    }

    private async Task AddManyAsync(ApiClient person, CancellationToken cancel)
    {
        foreach (var some in Enumerable.Range(0, plan.Many).Chunk(HostsAtOnce))
        {
            await person.CallAsync(
                HostApi.Add,
                new NewHosts([.. some.Select(number => new NewHost(MacOf(number), string.Create(CultureInfo.InvariantCulture, $"many-{number:00000}")))]),
                cancel);
        }
    }

    private async Task<ApiClient> LogInAsync(CancellationToken cancel)
    {
        using var door = Connect("");
        return Connect((await door.CallAsync(AccountApi.Login, new LoginRequest(ApplianceAccess.OperatorName, access.Password), cancel)).Token);
    }

    private ApiClient Connect(string token) => new(access.Url, TimeProvider.System, access.Options(token.Length == 0 ? null : token));

    private TerminalProgram Open() =>
        new(program, Path.GetDirectoryName(socket)!, new Size(100, 30), new Dictionary<string, string>(), "console", "--server", "unix:" + socket);

    private static long ResidentBytes(int pid)
    {
        // proc(5): "VmRSS:   123456 kB"
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    private static MacAddress MacOf(int number) =>
        MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"0200ff{number:x6}"), out var mac) ? mac : throw new ArgumentOutOfRangeException(nameof(number));
}
