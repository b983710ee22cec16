using OsDeploy.Api.Boot;
using OsDeploy.Cli.FirstStart;
using OsDeploy.Screens.FirstStart;
using OsDeploy.Tests.Screens.FirstStart;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class AnswersFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AnswersFileTests() => File.WriteAllText(_folder["password"], NewAppliance.Password + "\n");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Needed => $"disk = blank\noperator = anna\npassword-file = {_folder["password"]}\n";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Comments_blanks_and_empty_answers_are_skipped()
    {
        var file = AnswersFile.Parse("answers", "# the school\n\n  disk=none  \noperator =  anna\npassword-file = /run/a = b\r\nschool =\n");

        Assert.Equal(("none", "anna", "/run/a = b", null), (file["disk"], file["operator"], file["password-file"], file["school"]));
    }

    [Theory]
    [InlineData("disk = none\npasswort = x\n", "line 2", "passwort")]
    [InlineData("disk = none\n\n# x\nhello\n", "line 4", "KEY = VALUE")]
    [InlineData("disk = none\ndisk = none\n", "line 2", "before")]
    [InlineData("= none\n", "line 1", "no key")]
    [InlineData("DISK = none\n", "line 1", "no key")]
    [InlineData("disk = none\npassword-file = /run/x\n", "answers: operator", "not answered")]
    [InlineData("disk = none\noperator = anna\n", "answers: password-file", "not answered")]
    public void Whatever_is_no_answer_is_refused_with_its_line(string text, string place, string why)
    {
        var error = Assert.Throws<UserErrorException>(() => AnswersFile.Parse("answers", text));

        Assert.Equal("usage-answers", error.Code);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.All(AnswersFile.Keys, key => Assert.Contains(key, error.Hint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_help_explains_every_key()
    {
        var terminal = TestTerminal.Piped();

        await terminal.RunAsync("first-start --help");

        var help = string.Join(' ', terminal.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(AnswersFile.Keys, key => Assert.Contains(key, help, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_file_does_not_say_is_what_a_person_would_be_proposed()
    {
        await using var appliance = new NewAppliance();

        var answers = await ResolveAsync(appliance, Needed);

        Assert.Equal((DiskUse.Prepare, "sda", null), (answers.Disk.Use, answers.Disk.Disk!.Name, answers.Disk.Typed));
        Assert.Equal(("anna", NewAppliance.Password), (answers.Operator, answers.Password));
        Assert.Equal(("osdeploy", "UTC", "enp1s0", null), (answers.Appliance.HostName, answers.Appliance.TimeZone, answers.Appliance.Network.Interface, answers.Appliance.Network.Address));
        Assert.Equal((BootMode.Proxy, "enp1s0"), (answers.Settings.Mode, answers.Settings.Interface));
    }

    [Fact]
    public async Task An_appliance_is_the_DHCP_server_only_where_the_file_says_so()
    {
        await using var appliance = new NewAppliance();

        var answers = await ResolveAsync(appliance, Needed + "pxe = dhcp\naddress = 10.0.0.5/24\ngateway = 10.0.0.254\ndns = 10.0.0.253 9.9.9.9\nschool = Ring\n");

        Assert.Equal((BootMode.Dhcp, "10.0.0.128", "10.0.0.254", "10.0.0.254", "Ring"), (answers.Settings.Mode, answers.Settings.RangeFirst, answers.Settings.RangeLast, answers.Settings.Router, answers.Settings.School));
        Assert.Equal(["10.0.0.253", "9.9.9.9"], answers.Settings.Dns!);
        Assert.Equal(BootMode.Proxy, (await ResolveAsync(appliance, Needed + "address = 10.0.0.5/24\n")).Settings.Mode);
    }

    [Theory]
    [InlineData("pxe = dhcp\n", "usage-answers")]
    [InlineData("pxe = on\n", "usage-answers")]
    [InlineData("address = 10.0.0.5/24\npxe = dhcp\nrange = 10.0.0.1-10.0.0.9\n", "usage-answers")]
    [InlineData("address = 10.0.0.5\n", "network-address")]
    [InlineData("interface = eth0:1\n", "network-interface")]
    [InlineData("time-zone = Europe/Atlantis\n", "usage-answers")]
    [InlineData("host-name = a b\n", "appliance-name")]
    [InlineData("language = es\n", "appliance-language")]
    public async Task Answers_that_do_not_fit_are_refused_before_anything_is_done(string more, string code)
    {
        await using var appliance = new NewAppliance();

        Assert.Equal(code, (await Assert.ThrowsAsync<UserErrorException>(() => ResolveAsync(appliance, Needed + more))).Code);
    }

    [Theory]
    [InlineData("WD-WCC6Y0AAAAAA", "", "sda")]
    [InlineData("nvme0n1", "", "nvme0n1")]
    [InlineData("/dev/sda", "", "sda")]
    [InlineData("WD-WCC6Y0AAAAAA", "confirm = sda\n", "sda")]
    [InlineData("nvme0n1", "confirm = nvme0n1\n", null)]
    [InlineData("/dev/sda", "confirm = sda\n", null)]
    [InlineData("sdb", "", null)]
    [InlineData("sdz", "", null)]
    [InlineData("volume", "", null)]
    public async Task A_disk_is_found_by_serial_number_name_or_path_and_by_the_first_alone_where_it_holds_data(string disk, string confirm, string? name)
    {
        await using var appliance = new NewAppliance();
        var text = Needed.Replace("blank", disk, StringComparison.Ordinal) + confirm;

        var fault = await Record.ExceptionAsync(async () => Assert.Equal(name, (await ResolveAsync(appliance, text)).Disk.Disk!.Name));

        Assert.Equal(name is null ? "usage-answers" : null, (fault as UserErrorException)?.Code);
    }

    [Fact]
    public async Task A_password_that_would_be_guessed_is_refused_and_not_repeated()
    {
        await using var appliance = new NewAppliance();
        File.WriteAllText(_folder["password"], "Passwort2026\n");

        var error = await Assert.ThrowsAsync<UserErrorException>(() => ResolveAsync(appliance, Needed));

        Assert.Equal("password-rejected", error.Code);
        Assert.DoesNotContain("Passwort2026", error.Message + error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_daemon_refuses_is_said_in_its_words()
    {
        var said = DaemonSetUp.Explain(new CommandResult(1, "", "warn: something\nThe password cannot be used: it only counts.   [password-rejected]\nChoose 10.\n"));
        var other = DaemonSetUp.Explain(new CommandResult(134, "", "Segmentation\u001b fault\n"));

        Assert.Equal(("password-rejected", "The password cannot be used: it only counts.", "Choose 10."), (said.Code, said.Message, said.Hint));
        Assert.Equal("daemon-set-up", other.Code);
        Assert.Contains("Segmentation? fault", other.Message, StringComparison.Ordinal);
    }

    private static Task<FirstStartAnswers> ResolveAsync(NewAppliance appliance, string text) =>
        new UnattendedAnswers(AnswersFile.Parse("answers", text), appliance.Helper, () => appliance.Cards, NewAppliance.HasZone).ResolveAsync(hasVolume: false, Cancel);
}
