using OsDeploy.Boot;
using OsDeploy.ImageBuilder;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class ClientMediumTests
{
    private const string Build = "0123456789abcdef";

    [Fact]
    public void The_label_is_one_that_ISO_9660_has_and_that_the_engine_knows()
    {
        var label = ClientMedium.LabelOf(Build);
        Assert.Matches("^[A-Z0-9_]{1,32}$", label);
        Assert.True(StartMedium.IsLabel(label));
        Assert.True(StartMedium.IsLabel("osdeploy_01"));
        Assert.All(new[] { null, "", "DATA", "MY OSDEPLOY_", "OSDEPLOY" }, other => Assert.False(StartMedium.IsLabel(other)));
    }

    [Fact]
    public void The_menu_starts_the_kernel_of_its_build_with_the_line_that_belongs_to_it()
    {
        var menu = ClientMedium.MenuOf(Repository.Read("iso/client/medium/grub.cfg"), Build, "quiet panic=30");

        Assert.Contains("search --no-floppy --set=root --file /osdeploy/0123456789abcdef.id\n", menu, StringComparison.Ordinal);
        Assert.Contains("linux /osdeploy/vmlinuz quiet panic=30 \"$@\"\n", menu, StringComparison.Ordinal);
        Assert.DoesNotContain('@', menu.Replace("\"$@\"", "", StringComparison.Ordinal));
        Assert.DoesNotContain('#', menu);
    }

    [Fact]
    public void Only_the_entries_that_say_how_much_memory_they_need_load_what_wireless_cards_need()
    {
        var menu = ClientMedium.MenuOf(Repository.Read("iso/client/medium/grub.cfg"), Build, "quiet");
        var entries = menu.Split('\n').Where(line => line.StartsWith("menuentry", StringComparison.Ordinal)).ToList();

        Assert.Contains("initrd /osdeploy/initrd.img /osdeploy/wifi.img\n", menu, StringComparison.Ordinal);
        Assert.Equal(10, entries.Count);
        Assert.All(entries, entry => Assert.Equal(entry.Contains("768 M", StringComparison.Ordinal), entry.Contains("{ start_wifi ", StringComparison.Ordinal)));
        Assert.DoesNotContain("start_wifi", entries[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameter_in_the_menu_is_understood()
    {
        var menu = ClientMedium.MenuOf(Repository.Read("iso/client/medium/grub.cfg"), Build, "quiet");
        var words = string.Join(' ', menu.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith(KernelParameters.Prefix, StringComparison.Ordinal)));

        Assert.NotEmpty(words);
        Assert.Empty(KernelParameters.Parse(words).Ignored);
    }
}
