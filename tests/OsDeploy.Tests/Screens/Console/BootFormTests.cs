using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Hosts;
using OsDeploy.Cli.Verbs.Boot;
using OsDeploy.Screens.Console.Network;
using OsDeploy.Screens.Forms;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>Forms about starting, without a screen.</summary>
public sealed class BootFormTests
{
    private static readonly string[] s_kernels = ["", "nomodeset", "a=1 b=2"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_command_beside_a_form_does_what_the_form_does() => Seeded.Cases(500, random =>
    {
        var before = Options(random);
        var fields = new BootOptionFields(before, [], "as usual");
        foreach (var field in fields.All.Where(_ => random.Next(3) == 0))
        {
            Answer(field, random);
        }

        var (set, parsed, _) = Parsed(fields.On(new CommandLine()), isHostSet: false);
        var said = set.Of(parsed, before) ?? before;
        Assert.Equal(fields.Over(before), said with { Kernel = said.Kernel is "" ? null : said.Kernel }); // the appliance takes no words for none
    });

    [Fact]
    public void On_several_hosts_only_what_is_answered_changes_and_the_commands_do_the_same() => Seeded.Cases(300, random =>
    {
        var hosts = SampleSchool.Small.Hosts.Values.Take(random.Next(2, 5)).Select(view => view with { Host = view.Host with { Boot = random.Next(4) == 0 ? null : Options(random) } }).ToList();
        var wizard = new HostsBootForm(SampleSchool.ContextOf(SampleSchool.Small), hosts, []).Model;
        var page = wizard.Pages[0].Form;
        var answered = page.Fields.Where(_ => random.Next(3) == 0).ToList();
        answered.ForEach(field => Answer(field, random));
        Assert.Null(page.Check());

        var commands = page.Equivalent!().Select(line => Parsed(line, isHostSet: true)).ToList();
        foreach (var host in hosts)
        {
            var before = host.Host.Boot ?? BootOptions.None;
            var after = new BootOptionFields([.. hosts.Select(view => view.Host.Boot ?? BootOptions.None)], [], "as usual") is var fields ? Answered(fields, page).Over(before) : null;
            var own = commands.Where(one => one.Names.Contains(host.Host.Name.ToString())).ToList();
            Assert.Equal(after != before, own.Count == 1);
            var said = own.Count == 0 ? before : own[0].Set.Of(own[0].Parsed, before) ?? before;
            Assert.Equal(after, said with { Kernel = said.Kernel is "" ? null : said.Kernel });
        }
    });

    [Fact]
    public void What_differs_says_so_and_is_left_alone()
    {
        var fields = new BootOptionFields([new BootOptions(Language: "de", Sleep: 5, Kernel: "a=1"), new BootOptions(Language: "fr", Menu: BootMenu.Never)], [], "as usual");
        var (language, menu, sleep, kernel) = (Field<ChoiceEntry>("language"), Field<ChoiceEntry>("menu"), Field<TextEntry>("sleep"), Field<TextEntry>("kernel"));

        Assert.Equal(["(differ)", "(differ)", "(differ)", "(differ)"], [language.Chosen!.Label, menu.Chosen!.Label, sleep.Value, kernel.Value]);
        Assert.All(fields.All, field => Assert.True(!field.IsChanged && field.Check() is null, field.Id));
        sleep.Value = "7";
        menu.Value = "";
        Assert.Equal(new BootOptions(Language: "fr", Sleep: 7), fields.Over(new BootOptions(Language: "fr", Menu: BootMenu.Never)));
        sleep.Value = "(differ";
        Assert.NotNull(sleep.Check());

        T Field<T>(string id)
            where T : FormField => fields.All.OfType<T>().Single(field => field.Id == id);
    }

    [Fact]
    public async Task Several_hosts_are_changed_beside_what_somebody_else_changes()
    {
        await using var run = await ScreenRun.StartAsync(async daemon =>
        {
            await daemon.AddHostAsync(1, "pc01");
            await daemon.AddHostAsync(2, "pc02");
            await daemon.AddHostAsync(3, "pc03");
            await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Language: "fr", Vlan: 7)), Cancel, "pc02");
            await daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Sleep: 5)), Cancel, "pc03");
        });
        var wizard = new HostsBootForm(run.Context, await run.Daemon.Admin.CallAsync(HostApi.List, Cancel), []).Model;
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.Equal("nothing-to-change", (await Assert.ThrowsAsync<UserErrorException>(() => wizard.NextAsync(Cancel))).Code);

        wizard.Page.Form.Get<TextEntry>("sleep").Value = "5";
        await run.Daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Keyboard: "de")), Cancel, "pc01");
        Assert.True(await wizard.NextAsync(Cancel));
        Assert.Equal(["Seconds after each step: (differ) -> 5", "It changes on pc01, pc02.", "1 of 3 are like that already."], wizard.Page.Form.Asked.OfType<InfoEntry>().Select(info => info.Text));
        await wizard.Page.Form.Actions[0].Run(Cancel);

        Assert.Equal(
            [new BootOptions(Keyboard: "de", Sleep: 5), new BootOptions(Language: "fr", Vlan: 7, Sleep: 5), new BootOptions(Sleep: 5)],
            (await run.Daemon.Admin.CallAsync(HostApi.List, Cancel)).Select(view => view.Host.Boot));
    }

    [Fact]
    public async Task The_next_start_of_hosts_is_said_and_taken_back()
    {
        await using var run = await ScreenRun.StartAsync(async daemon =>
        {
            await daemon.AddHostAsync(1, "pc01");
            await daemon.AddHostAsync(2, "pc02");
        });
        IReadOnlyList<Host> hosts = [.. (await run.Daemon.Admin.CallAsync(HostApi.List, Cancel)).Select(view => view.Host)];
        var form = new NextStartForm(run.Context, hosts).Model;
        form.Get<ChoiceEntry>("to").Value = "Client";
        Assert.Equal("osdeploy boot next pc01 pc02 --to client", Assert.Single(form.Equivalent!()).ToString());
        await form.Actions[0].Run(Cancel);
        Assert.Equal(["pc01 Client", "pc02 Client"], (await run.Daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Select(next => $"{next.Name} {next.Once.To}"));

        form = new NextStartForm(run.Context, [hosts[1]]).Model;
        form.Get<ChoiceEntry>("to").Value = "";
        Assert.Equal("osdeploy boot next pc02 --clear", Assert.Single(form.Equivalent!()).ToString());
        await form.Actions[0].Run(Cancel);
        Assert.Equal("pc01", Assert.Single(await run.Daemon.Admin.CallAsync(BootApi.ListNext, Cancel)).Name);
    }

    [Fact]
    public void What_somebody_else_changed_beside_it_stays()
    {
        var fields = new BootOptionFields(new BootOptions(Language: "de"), [], "as usual");
        fields.All.OfType<TextEntry>().Single(field => field.Id == "sleep").Value = "5";

        Assert.Equal(new BootOptions(Language: "fr", Sleep: 5, NoShell: true), fields.Over(new BootOptions(Language: "fr", NoShell: true)));
    }

    [Fact]
    public async Task A_host_has_options_of_its_own_until_they_are_taken_back()
    {
        await using var run = await ScreenRun.StartAsync(daemon => daemon.AddHostAsync(1, "pc01"));
        var host = await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01");
        var form = OwnBootForm.Of(run.Context, host, []).Model;
        Assert.Equal("nothing-to-change", (await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel))).Code);

        form.Get<ChoiceEntry>("uefi").Value = "Windows";
        form.Get<TextEntry>("sleep").Value = "5";
        await run.Daemon.Admin.CallAsync(HostApi.Change, new HostChange(Boot: new BootOptions(Language: "de")), Cancel, "pc01");
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(Cancel))).Code);
        await form.Actions[0].Run(Cancel);
        host = await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01");
        Assert.Equal(new BootOptions(UefiExit: UefiExit.Windows, Language: "de", Sleep: 5), host.Host.Boot);

        form = OwnBootForm.Of(run.Context, host, []).Model;
        form.Get<TextEntry>("vlan").Value = "5000";
        Assert.NotNull(form.Check());
        await form.Actions[1].Run(Cancel);
        Assert.Equal(BootOptions.None, (await run.Daemon.Admin.CallAsync(HostApi.Show, Cancel, "pc01")).Host.Boot ?? BootOptions.None);
    }

    [Fact]
    public void A_password_of_the_menu_can_be_typed_at_every_loader()
    {
        var form = new OptionsForm(SampleSchool.ContextOf(SampleSchool.Small), new BootSettingsView(new BootSettings(), 0), []).Draft;
        var password = form.Model.Pages[0].Form.Get<SecretEntry>("password");
        foreach (var wrong in new[] { "short", "mit blank drin", "${mac}xxxx", new string('a', 33), "Grüße2026" })
        {
            password.Value = wrong;
            Assert.NotNull(form.Model.Pages[0].Form.Check());
        }

        password.Value = "Segel2026x";
        Assert.Null(form.Model.Pages[0].Form.Check());
        Assert.Equal("Segel2026x", form.Wanted.MenuPassword);
        Assert.DoesNotContain("Segel2026x", string.Join(' ', form.Model.Pages[0].Form.Equivalent!()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("10.0.0.7-10.0.0.9:build=0123456789abcdef,unknown=menu", true)]
    [InlineData("10.0.0.7-10.0.0.9:unknown=nothing", false)]
    [InlineData("10.0.0.7-10.0.0.9-10.0.0.11", false)]
    [InlineData("10.0.0.7:", false)]
    public void A_rule_is_read_as_it_is_written(string text, bool isOne)
    {
        Assert.Equal(isOne, BootRuleText.TryParse(text, out var rule));
        Assert.Equal(isOne ? text : null, rule is null ? null : BootRuleText.Of(rule));
    }

    [Theory]
    [InlineData("Dell/OptiPlex 7010:bios=second-disk,uefi=windows", true)]
    [InlineData("Dell:uefi=next", true)]
    [InlineData("Dell", false)]
    [InlineData(":bios=exit", false)]
    [InlineData("Dell:bios=somewhere", false)]
    public void A_model_is_read_as_it_is_written(string text, bool isOne)
    {
        Assert.Equal(isOne, ModelExitText.TryParse(text, out var model));
        Assert.Equal(isOne ? text : null, model is null ? null : ModelExitText.Of(model));
    }

    [Theory]
    [InlineData("agent", "script", 0, '>')]
    [InlineData("agent", "kernel", 170, '>')]
    [InlineData("agent", "kernel", 190, '?')]
    [InlineData("agent", "hello", 190, '+')]
    [InlineData("local-disk", "script", 190, ' ')]
    [InlineData(null, "dhcp", 190, '?')]
    public void A_start_has_a_sign_for_how_it_goes(string? action, string last, int seconds, char sign)
    {
        var at = SampleSchool.Now;
        var record = new BootRecord("b1", at, "02:00:00:00:00:01", null, "h1", "pc01", null, null, action, null, null, [new BootStep(at, last, "")]);

        Assert.Equal(sign, BootRow.Of(record, isNewest: true, [], at.AddSeconds(seconds), TimeZoneInfo.Utc).Sign);
        Assert.Equal('!', BootRow.Of(record, isNewest: true, [new BootLoop("h1", "pc01", "0000001", 3)], at.AddSeconds(seconds), TimeZoneInfo.Utc).Sign);
        Assert.Equal(sign, BootRow.Of(record, isNewest: false, [new BootLoop("h1", "pc01", "0000001", 3)], at.AddSeconds(seconds), TimeZoneInfo.Utc).Sign);
    }

    private static (BootOptionSet Set, System.CommandLine.ParseResult Parsed, IReadOnlyList<string> Names) Parsed(CommandLine line, bool isHostSet)
    {
        var set = new BootOptionSet();
        var command = new System.CommandLine.Command("set");
        foreach (var option in set.All.OfType<System.CommandLine.Option>())
        {
            command.Add(option);
        }

        var words = line.Arguments.Skip(isHostSet ? 2 : 0).ToList();
        var names = isHostSet ? words.TakeWhile(word => !word.StartsWith('-')).ToList() : [];
        var parsed = command.Parse([.. words.Skip(names.Count)]);
        Assert.Empty(parsed.Errors);
        return (set, parsed, names);
    }

    // The same answers in other fields of the same kind.
    private static BootOptionFields Answered(BootOptionFields fields, FormModel page)
    {
        foreach (var (own, other) in fields.All.Zip(page.Fields))
        {
            switch (own, other)
            {
                case (ChoiceEntry choice, ChoiceEntry answered):
                    choice.Value = answered.Value;
                    break;
                case (TextEntry text, TextEntry answered):
                    text.Value = answered.Value;
                    break;
            }
        }

        return fields;
    }

    private static BootOptions Options(Random random) => new(
        Any<BiosExit>(random), Any<UefiExit>(random), Any<UefiLoader>(random), Any<BootMenu>(random), random.Next(2) == 0 ? null : "0123456789abcdef", random.Next(2) == 0 ? null : "de", random.Next(2) == 0 ? null : "fr",
        random.Next(2) == 0 ? null : random.Next(600), YesNo(random), YesNo(random), random.Next(2) == 0 ? null : random.Next(4094), YesNo(random), s_kernels[random.Next(3)] is { Length: > 0 } words ? words : null);

    private static T? Any<T>(Random random)
        where T : struct, Enum => random.Next(2) == 0 ? null : Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static bool? YesNo(Random random) => random.Next(3) switch { 0 => null, 1 => true, _ => false };

    private static void Answer(FormField field, Random random)
    {
        switch (field)
        {
            case ChoiceEntry choice:
                choice.Value = choice.Options[random.Next(choice.Options.Count)].Id;
                break;
            case TextEntry { Id: "kernel" } kernel:
                kernel.Value = s_kernels[random.Next(3)];
                break;
            case TextEntry number:
                number.Value = random.Next(2) == 0 ? "" : $"{random.Next(600)}";
                break;
        }
    }
}
