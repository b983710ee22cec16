using OsDeploy.Boot;
using OsDeploy.Cli.Doctor;
using OsDeploy.ImageBuilder;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

/// <summary>The lists that say what the client image is made of, against what the program needs.</summary>
public sealed class ClientListsTests
{
    private const string Folder = "iso/client";

    // The client image restarts by the kernel, and only an appliance sets its clock, answers other PCs, has a volume and an address of its own, and looks at keys and at its own health.
    private static readonly string[] s_appliance = ["systemctl", "date", "hwclock", "dnsmasq", "partx", "e2label", "udevadm", "networkctl", "nft", "blockdev", "mcopy", "journalctl", "smartctl", "chronyc", "setpriv", "ssh-keygen", "smartctl", "chronyc", "journalctl"];

    [Fact]
    public void Every_program_that_the_engine_calls_is_in_the_image()
    {
        var tools = ListOf("tools.txt").Concat(ListOf("wifi/tools.txt")).Select(line => line.Split("->")[0].Trim()).ToHashSet();
        Assert.Empty(Tools.All.Select(tool => tool.Name).Except(tools).Except(s_appliance));
    }

    [Theory]
    [InlineData("packages.txt")]
    [InlineData("tools.txt")]
    [InlineData("files.txt")]
    [InlineData("modules.txt")]
    [InlineData("firmware.txt")]
    [InlineData("loaders.txt")]
    [InlineData("wifi/packages.txt")]
    [InlineData("wifi/tools.txt")]
    [InlineData("wifi/files.txt")]
    [InlineData("wifi/modules.txt")]
    [InlineData("wifi/firmware.txt")]
    [InlineData("wifi/firmware-more.txt")]
    public void A_list_names_nothing_twice(string name)
    {
        var lines = ListOf(name);
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Distinct(), lines);
    }

    [Fact]
    public void What_starts_over_the_network_has_nothing_for_wireless_cards()
    {
        Assert.Empty(ListOf("modules.txt").Intersect(ListOf("wifi/modules.txt")));
        Assert.DoesNotContain("wpa_supplicant", ListOf("tools.txt"));
        Assert.Empty(ListOf("packages.txt").Intersect(["wpasupplicant", "firmware-iwlwifi", "firmware-atheros", "firmware-mediatek", "firmware-brcm80211"]));
    }

    [Fact]
    public void The_loaders_are_those_of_a_build() => Assert.Equal(
        ClientBuild.FileNames.Where(name => name.StartsWith(ClientBuild.Loaders, StringComparison.Ordinal)),
        ListOf("loaders.txt").Select(line => ClientBuild.Loaders + line.Split(' ')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void The_command_line_can_be_passed_on() => Assert.True(KernelText.IsCommandLine(Assert.Single(ListOf("command-line.txt"))));

    [Fact]
    public void The_builder_says_what_is_wrong_in_its_own_words_with_a_hint()
    {
        var factories = typeof(OsDeploy.ImageBuilder.Errors).GetMethods(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static);
        var errors = factories.Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(parameter =>
            parameter.ParameterType == typeof(int) ? 2 : parameter.ParameterType == typeof(string) ? "something" : (object)new UserErrorException("a-b", "A.", "B."))])!).ToList();
        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error => Assert.EndsWith(".", error.Message, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.NotEmpty(error.Hint));
    }

    [Fact]
    public void Every_keyboard_of_the_boot_parameters_has_its_layout()
    {
        var init = Repository.Read(Folder + "/overlay/init");
        Assert.All(["de)", "fr)", "us | uk)"], keyboard => Assert.Contains(keyboard, init, StringComparison.Ordinal));
        Assert.All(["de-latin1-nodeadkeys", "fr-latin9", "us", "uk"], layout => Assert.Contains(ListOf("files.txt"), file => file.EndsWith($"/{layout}.kmap.gz", StringComparison.Ordinal)));
    }

    [Fact]
    public void Scripts_of_the_image_may_be_run_and_use_its_own_shell()
    {
        var scripts = Repository.Files("*", Folder + "/overlay").Where(file => file.EndsWith("/init", StringComparison.Ordinal) || file.Contains("/usr/lib/osdeploy/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script =>
        {
            Assert.StartsWith("#!/bin/sh\n", Repository.Read(script), StringComparison.Ordinal);
            Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute), script);
        });
    }

    private static IReadOnlyList<string> ListOf(string name) => PlainList.Parse(Repository.Read($"{Folder}/{name}"));
}
