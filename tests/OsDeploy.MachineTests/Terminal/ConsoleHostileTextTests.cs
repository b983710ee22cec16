using System.Globalization;
using System.Text;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Tui.Tests.Views;

namespace OsDeploy.MachineTests.Terminal;

/// <summary>Computers and people write anything into what a console shows: nothing of it may reach the terminal but letters.</summary>
public sealed class ConsoleHostileTextTests(ConsoleLab lab) : IClassFixture<ConsoleLab>
{
    private const int MostLetters = 400;
    private const int DevicesOfOne = 12;
    private const int Menus = 3;
    private const int Items = 6;

    private static readonly TimeSpan s_frame = TimeSpan.FromMilliseconds(40);
    private static readonly string[] s_corpus = [.. HostileText.All().Select(text => text.Length > MostLetters ? text[..MostLetters] : text)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("xterm-256color")]
    public async Task None_of_it_reaches_a_terminal(string term)
    {
        await WriteEverywhereAsync(term);
        using var room = await TalkingRoom.OpenAsync(100 + (term.Length * 10), 3, lab.Api, lab.Connect, Cancel);
        await Task.WhenAll(room.Hosts.Select(host => host.ReportAsync(1, Cancel, s_corpus[host.Random.Next(s_corpus.Length)], s_corpus)));
        using var console = lab.OpenLoggedIn(term, 100, 30);
        var seen = new StringBuilder();
        LookAtEverything(console, seen);
        Assert.Empty(console.Screen.Foreign);
        Assert.Empty(console.Others);
        foreach (var harmless in new[] { "owned", "evil" })
        {
            Assert.Contains(harmless, seen.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pasted_list_of_hosts_is_shown_as_letters()
    {
        using var console = lab.OpenLoggedIn("xterm-256color");
        ConsoleKeys.OpenHosts(console);
        console.Type("\e[23~");
        _ = console.Rest(s_frame);
        foreach (var text in s_corpus.Where(text => !text.Contains("\e[201~", StringComparison.Ordinal)))
        {
            console.Type("\e[200~" + text + "\e[201~");
            _ = console.Look(TimeSpan.Zero);
        }

        _ = console.Rest(s_frame);
        Assert.Empty(console.Screen.Foreign);
        Assert.Null(console.ExitCode);
        await Task.CompletedTask;
    }

    // What the appliance refuses, it does not show either.
    private async Task WriteEverywhereAsync(string term)
    {
        var number = term.Length * 1000;
        foreach (var some in s_corpus.Chunk(DevicesOfOne))
        {
            using var host = new TalkingHost(number++, lab.Connect);
            await TryAsync(() => host.SayHelloAsync(Cancel, some[0], some));
        }

        foreach (var (at, text) in s_corpus.Where(text => text.Length < 60).Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"lab-{1 + (at % 20):000}");
            await TryAsync(() => lab.Api.CallAsync(HostApi.Change, new HostChange(Notes: text, Details: new HostDetails(Owner: text, Place: text, InventoryNumber: text)), Cancel, name));
            if (at % 8 == 0)
            {
                await TryAsync(() => lab.Api.CallAsync(HostApi.AddRoom, new NewRoom(text[..Math.Min(text.Length, 32)], Notes: text), Cancel));
                await TryAsync(() => lab.Api.CallAsync(ConfigurationApi.Add, new NewConfiguration(string.Create(CultureInfo.InvariantCulture, $"c{number + at}"), text), Cancel));
            }
        }
    }

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (UserErrorException)
        {
            // Refused.
        }
    }

    // Every entry of every menu, down some pages, and into a few of its lines.
    private static void LookAtEverything(TerminalProgram console, StringBuilder seen)
    {
        for (var menu = 0; menu < Menus; menu++)
        {
            for (var item = 0; item < Items; item++)
            {
                console.Type(ConsoleKeys.F9 + string.Concat(Enumerable.Repeat(ConsoleKeys.Right, menu)) + string.Concat(Enumerable.Repeat(ConsoleKeys.Down, item)) + "\r");
                Note(console, seen);
                foreach (var keys in new[] { "\r", ConsoleKeys.PageDown, ConsoleKeys.PageDown, "\e", ConsoleKeys.PageDown, "\r", ConsoleKeys.PageDown, "?", "\e" })
                {
                    console.Type(keys);
                    Note(console, seen);
                }

                console.Type("\e");
                _ = console.Rest(s_frame);
                console.Type("\e");
                Note(console, seen);
            }
        }
    }

    private static void Note(TerminalProgram console, StringBuilder seen)
    {
        _ = console.Rest(s_frame);
        Assert.Null(console.ExitCode);
        seen.AppendLine(console.Screen.Text);
    }
}
