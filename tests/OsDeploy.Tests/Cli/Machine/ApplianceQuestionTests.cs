using OsDeploy.Api;
using OsDeploy.Cli;
using OsDeploy.Cli.Machine;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Tests.Screens.Forms;
using Xunit;

namespace OsDeploy.Tests.Cli.Machine;

public sealed class ApplianceQuestionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Uri> _asked = [];

    public ApplianceQuestionTests() => Language.Use(Language.Find("en")!);

    private static ServerKey Key => ServerKey.TryParse(new string('a', 64), out var key) ? key : default;

    [Fact]
    public async Task A_person_names_the_appliance_and_compares_its_key()
    {
        var script = new ScriptedLines("192.0.2.7", "yes");
        var chosen = await AskAsync(script);

        Assert.Equal(new ChosenAppliance("https://192.0.2.7:7443", Key), chosen);
        Assert.Contains(Key.Words, script.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_boot_parameters_name_is_proposed_and_still_compared()
    {
        Assert.Equal("https://10.0.0.1:7443", (await AskAsync(new ScriptedLines("", "ja"), "https://10.0.0.1:7443"))!.Server);
        Assert.Null(await AskAsync(new ScriptedLines(""), "https://10.0.0.1:7443"));
    }

    [Theory]
    [InlineData("no")]
    [InlineData("")]
    [InlineData("yes please")]
    public async Task Without_a_yes_nothing_is_trusted_and_it_is_asked_again(string answer)
    {
        var script = new ScriptedLines("one", answer, "two", "oui");
        Assert.Equal("https://two:7443", (await AskAsync(script))!.Server);
        Assert.Equal(["https://one:7443/", "https://two:7443/"], _asked.Select(server => server.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://x")]
    [InlineData("http://192.0.2.7")]
    [InlineData("unix:/run/x")]
    public async Task What_is_no_address_of_an_appliance_is_not_asked(string typed)
    {
        Assert.Null(await AskAsync(new ScriptedLines(typed)));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_appliance_that_does_not_answer_is_said_and_another_may_be_named()
    {
        var script = new ScriptedLines("silent", "other", "y");
        var chosen = await new ApplianceQuestion(script.Lines, (server, _) => server.Host == "silent" ? throw ServerErrors.ServerUnreachable(server.Authority, new IOException("Nobody.")) : Task.FromResult(Key))
            .AskAsync(null, Nowhere, null, TestContext.Current.CancellationToken);

        Assert.Equal("https://other:7443", chosen!.Server);
        Assert.Contains("[server-unreachable]", script.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_chosen_is_known_to_the_next_program_and_nonsense_is_not()
    {
        var file = _folder["appliance"];
        Assert.Null(ChosenAppliance.TryRead(file));
        var chosen = new ChosenAppliance("https://192.0.2.7:7443", Key);
        chosen.Write(file);
        Assert.Equal(chosen, ChosenAppliance.TryRead(file));

        var bytes = File.ReadAllBytes(file);
        Seeded.Cases(1000, random =>
        {
            var read = ChosenAppliance.TryParse(System.Text.Encoding.UTF8.GetString(Mutation.Of(bytes, random)));
            Assert.True(read is null || read.Server.Length > 0);
        });
    }

    [Fact]
    public async Task A_letter_leads_to_another_wireless_network_and_its_places_are_proposed()
    {
        var script = new ScriptedLines("W", "", "yes");
        var asked = 0;
        var way = new FirstWay(script.Lines, (_, _) => Task.FromResult(true), _ => Task.FromResult(asked++ == 0 ? FormEnd.Back : FormEnd.Left));
        var chosen = await new ApplianceQuestion(script.Lines, (_, _) => Task.FromResult(Key))
            .AskAsync(way, _ => Task.FromResult<IReadOnlyList<string>>(["192.0.2.1"]), null, TestContext.Current.CancellationToken);

        Assert.Equal("https://192.0.2.1:7443", chosen!.Server);
        Assert.Equal(1, asked);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<IReadOnlyList<string>> Nowhere(CancellationToken cancel) => Task.FromResult<IReadOnlyList<string>>([]);

    private Task<ChosenAppliance?> AskAsync(ScriptedLines script, string? named = null) => new ApplianceQuestion(script.Lines, (server, _) =>
    {
        _asked.Add(server);
        return Task.FromResult(Key);
    }).AskAsync(null, Nowhere, named, TestContext.Current.CancellationToken);
}
