using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Helper;
using OsDeploy.Api.Jobs;
using OsDeploy.Helper;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Boot;

/// <summary>Settings of a whole appliance, and what they make its helper do. The loopback stands for a network.</summary>
public sealed class BootSettingsTests
{
    private static readonly BootSettings s_dhcp = new() { Mode = BootMode.Dhcp, Interface = "lo", RangeFirst = "127.0.0.100", RangeLast = "127.0.0.200" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beside_another_dhcp_server_it_becomes_none_unless_it_is_forced()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await using var helper = new StubHelper(daemon.HelperSocket) { Neighbours = "127.0.0.9 dhcp\n127.0.0.8 pxe" };

        Assert.Equal("boot-dhcp-present", await RefusedAsync(daemon, new BootSettingsChange(s_dhcp, 0)));
        Assert.Equal(BootMode.Off, (await daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Settings.Mode);
        Assert.DoesNotContain(helper.Requests, request => request is DnsmasqApplyRequest);

        var answer = await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(s_dhcp, 0, Force: true), Cancel);
        Assert.Contains(answer.Notes, note => note.Contains("127.0.0.8", StringComparison.Ordinal));
        Assert.Equal(2, (await daemon.Admin.CallAsync(BootApi.State, Cancel)).Neighbours.Count);
        Assert.Equal("up", (await daemon.Admin.CallAsync(ApplianceApi.Status, Cancel)).Boot);
    }

    [Fact]
    public async Task What_the_helper_is_told_is_what_it_takes_and_the_files_for_tftp_are_few()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await using var helper = new StubHelper(daemon.HelperSocket);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.AddHostAsync(2, "pc02");
        await daemon.StartJobAsync(JobKind.Hold, "pc01");
        var rev = (await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(s_dhcp, 0), Cancel)).View.Rev;

        var paths = new DnsmasqPaths(daemon.BootFolder);
        ConfigurationCheck.Require(Assert.Single(helper.Requests.OfType<DnsmasqApplyRequest>()).Configuration, paths);
        var files = Directory.GetFiles(paths.Tftp, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(paths.Tftp, path)).ToList();
        Assert.Equal(9, files.Count(file => !file.StartsWith("grub/mac/", StringComparison.Ordinal)));
        Assert.Equal([$"grub/mac/{TestRegistry.Mac(1)}.cfg"], files.Where(file => file.StartsWith("grub/mac/", StringComparison.Ordinal)));
        Assert.Contains("osdeploy.auto=1", await File.ReadAllTextAsync(Path.Combine(paths.Tftp, $"grub/mac/{TestRegistry.Mac(1)}.cfg"), Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("token", await File.ReadAllTextAsync(Path.Combine(paths.Tftp, "grub/default.cfg"), Cancel), StringComparison.Ordinal);

        await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings(), rev), Cancel);
        Assert.IsType<DnsmasqStopRequest>(helper.Requests[^1]);
    }

    [Fact]
    public async Task A_preview_and_an_old_view_change_nothing()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        var preview = await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(s_dhcp, 0, Preview: true), Cancel);

        Assert.Contains("dhcp-range=127.0.0.100,127.0.0.200,255.0.0.0,60m", preview.Configuration, StringComparison.Ordinal);
        var secret = await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(s_dhcp with { MenuPassword = "Menue2026" }, 0, Preview: true), Cancel);
        Assert.Equal(Secret.Mask, secret.View.Settings.MenuPassword);
        Assert.Equal(0, (await daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Rev);
        Assert.Equal("changed-meanwhile", await RefusedAsync(daemon, new BootSettingsChange(new BootSettings(), 7)));
        Assert.Equal("helper-missing", await RefusedAsync(daemon, new BootSettingsChange(s_dhcp, 0)));
    }

    [Theory]
    [InlineData("127.0.0.200", "127.0.0.100", "boot-range-invalid")]
    [InlineData("10.0.0.1", "10.0.0.9", "boot-range-invalid")]
    [InlineData("127.0.0.1", "127.0.0.9", "boot-range-invalid")]
    [InlineData("127.0.0.010", "127.0.0.90", "boot-address-invalid")]
    [InlineData(null, "127.0.0.90", "boot-address-invalid")]
    public async Task A_range_that_cannot_be_is_refused(string? first, string last, string code)
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);

        Assert.Equal(code, await RefusedAsync(daemon, new BootSettingsChange(s_dhcp with { RangeFirst = first, RangeLast = last }, 0, Preview: true)));
        Assert.Equal("boot-interface-invalid", await RefusedAsync(daemon, new BootSettingsChange(s_dhcp with { Interface = "nosuch0" }, 0, Preview: true)));
        Assert.Equal("boot-interface-invalid", await RefusedAsync(daemon, new BootSettingsChange(s_dhcp with { Interface = "lo\ndhcp-script=/x" }, 0, Preview: true)));
    }

    [Fact]
    public async Task The_password_of_the_menu_is_checked_and_never_shown()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        await daemon.AddHostAsync(1, "pc01");
        var view = (await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings { MenuPassword = "Segel2026x" }, 0), Cancel)).View;
        Assert.Equal(Secret.Mask, view.Settings.MenuPassword);
        view = (await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(view.Settings with { MenuSeconds = 20 }, view.Rev), Cancel)).View;
        Assert.Equal(Secret.Mask, view.Settings.MenuPassword);
        Assert.Equal("boot-password-invalid", await RefusedAsync(daemon, new BootSettingsChange(view.Settings with { MenuPassword = "mit ${blank}" }, view.Rev)));

        using var http = new HttpClient();
        Assert.Contains("login ||", await AskAsync(http, daemon, ""), StringComparison.Ordinal);
        Assert.Contains("wrong", await AskAsync(http, daemon, "&wish=tool&password=falsch123"), StringComparison.Ordinal);
        Assert.Contains("osdeploy.boot=", await AskAsync(http, daemon, "&wish=tool&password=Segel2026x"), StringComparison.Ordinal);
        for (var attempt = 0; attempt < 25; attempt++)
        {
            await AskAsync(http, daemon, "&wish=tool&password=falsch123");
        }

        Assert.DoesNotContain("osdeploy.boot=", await AskAsync(http, daemon, "&wish=tool&password=Segel2026x"), StringComparison.Ordinal); // too many tries
    }

    [Fact]
    public async Task Grub_compares_the_password_by_itself_and_the_kernel_stands_behind_it()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await daemon.Admin.CallAsync(BootApi.AddBuild, new NewBootBuild(await SampleBuild.MakeAsync(Path.Combine(daemon.Folder, "..", "build"), 1, Cancel)), Cancel);
        await daemon.AddHostAsync(1, "pc01");
        await daemon.Admin.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings { MenuPassword = "Segel2026x" }, 0), Cancel);

        using var http = new HttpClient();
        foreach (var wish in new[] { "", "&wish=tool", "&wish=tool&password=falsch123" })
        {
            var script = await http.GetStringAsync(new Uri($"{daemon.BootAddress}/boot.grub?mac={TestRegistry.Mac(1)}&platform=efi{wish}"), Cancel);
            Assert.Contains("set superusers=\"osdeploy\"\n", script, StringComparison.Ordinal);
            Assert.Matches("password_pbkdf2 osdeploy grub\\.pbkdf2\\.sha512\\.210000\\.[0-9A-F]{128}\\.[0-9A-F]{128}\n", script);
            var tool = script[script.IndexOf("menuentry \"CloneTool", StringComparison.Ordinal)..];
            Assert.Contains("osdeploy.boot=", tool, StringComparison.Ordinal);
            Assert.DoesNotContain("unrestricted", tool, StringComparison.Ordinal);
            Assert.DoesNotContain("osdeploy.auto", script, StringComparison.Ordinal);
            Assert.DoesNotContain("osdeploy.token", script, StringComparison.Ordinal);
            Assert.Equal(script.IndexOf("vmlinuz", StringComparison.Ordinal), script.LastIndexOf("vmlinuz", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_password_of_ones_own_account_is_none_for_the_menu()
    {
        await using var daemon = await TestDaemon.StartAsync(isBooting: true);
        await daemon.Admin.CallAsync(AccountApi.Add, new NewOperator("otto", Role.Admin, "Segelboot2026hoch"), Cancel);
        var otto = daemon.As(await daemon.LoginAsync("otto", "Segelboot2026hoch"));

        var error = await Assert.ThrowsAsync<UserErrorException>(() => otto.CallAsync(BootApi.Change, new BootSettingsChange(new BootSettings { MenuPassword = "Segelboot2026hoch" }, 0, Preview: true), Cancel));
        Assert.Equal("boot-password-of-account", error.Code);
        Assert.Equal(0, (await daemon.Admin.CallAsync(BootApi.Settings, Cancel)).Rev);
    }

    private static Task<string> AskAsync(HttpClient http, TestDaemon daemon, string more) =>
        http.GetStringAsync(new Uri($"{daemon.BootAddress}/boot.ipxe?mac={TestRegistry.Mac(1)}&platform=efi&long=1{more}"), Cancel);

    private static async Task<string> RefusedAsync(TestDaemon daemon, BootSettingsChange change) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => daemon.Admin.CallAsync(BootApi.Change, change, Cancel))).Code;
}
