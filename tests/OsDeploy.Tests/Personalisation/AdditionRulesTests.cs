using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Api.Personal;
using OsDeploy.Personalisation;
using OsDeploy.Server.Personalisation;
using OsDeploy.Tests.Hosts;
using OsDeploy.Text;
using Xunit;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Tests.Personalisation;

public sealed class AdditionRulesTests
{
    private static readonly Host s_host = new()
    {
        Id = "h",
        Name = ComputerName.Parse("r101-pc05"),
        Identity = TestRegistry.Laptop(1, 1),
        Room = "R101",
        Configuration = "win11",
        Inventory = TestRegistry.Machine with { Vendor = "Dell Inc. ", Model = "OptiPlex 7010" },
        ChangedBy = "anna",
        ChangedAt = DateTimeOffset.UnixEpoch,
    };

    private static readonly PersonalSystem s_win11 = new(1, 3, OperatingSystem.Win11, JoinMode.Domain);
    private static readonly PersonalSystem s_win10 = new(1, 4, OperatingSystem.Win10, JoinMode.Workgroup);
    private static readonly PersonalSystem s_linux = new(2, 1, OperatingSystem.Linux, JoinMode.No);

    public static TheoryData<Selector, bool> Selectors => new()
    {
        { new Selector(), true },
        { new Selector(Room: "r101"), true },
        { new Selector(Room: "r102"), false },
        { new Selector(Configuration: "Win11"), true },
        { new Selector(Configuration: "win1?"), false },
        { new Selector(Host: "R101-PC05"), true },
        { new Selector(Host: "r101-pc0*"), false },
        { new Selector(Names: "r101-*"), true },
        { new Selector(Names: "R101-PC0?"), true },
        { new Selector(Names: "r101-pc"), false },
        { new Selector(Vendor: "dell*"), true },
        { new Selector(Vendor: "Dell Inc."), true },
        { new Selector(Vendor: "HP*"), false },
        { new Selector(Model: "OptiPlex 7*"), true },
        { new Selector(Model: "OptiPlex"), false },
        { new Selector(Os: OperatingSystem.Win11), true },
        { new Selector(Os: OperatingSystem.Win7), false },
        { new Selector(Join: JoinMode.Domain), true },
        { new Selector(Join: JoinMode.Workgroup), false },
        { new Selector("win11", "r101", "*-pc05", "r101-pc05", OperatingSystem.Win11, JoinMode.Domain, "dell*", "opti*"), true },
        { new Selector("win11", "r101", "*-pc05", "r101-pc05", OperatingSystem.Win11, JoinMode.Domain, "dell*", "latitude*"), false },
    };

    [Theory]
    [MemberData(nameof(Selectors))]
    public void Every_condition_that_is_given_must_hold(Selector selector, bool isFor) =>
        Assert.Equal(isFor, For([Of("a.cmd", selector)], s_win11).Count == 1);

    [Fact]
    public void A_computer_that_was_never_met_has_no_model() =>
        Assert.Empty(AdditionRules.For([Of("a.cmd", new Selector(Model: "*"))], s_host with { Inventory = null }, [s_win11]));

    [Fact]
    public void What_is_for_few_comes_after_what_is_for_many_and_the_order_goes_before_that() => Assert.Equal(
        ["first", "all-a", "all-b", "os", "model", "configuration", "room", "names", "host", "last"],
        For(
            [
                Of("last", new Selector(), 200), Of("host", new Selector(Host: "r101-pc05")), Of("names", new Selector(Names: "*")), Of("room", new Selector(Room: "r101")),
                Of("configuration", new Selector("win11")), Of("model", new Selector(Model: "*", Vendor: "*")), Of("os", new Selector(Os: OperatingSystem.Win11)),
                Of("all-b", new Selector()), Of("all-a", new Selector()), Of("first", new Selector(Host: "r101-pc05"), 1),
            ],
            s_win11).Select(file => file.Path));

    [Fact]
    public void Of_two_with_the_same_path_a_host_gets_the_one_that_comes_later()
    {
        Addition[] additions = [Of("Printers", new Selector(Room: "r101"), kind: PersonalFileKind.Printers), Of("printers", new Selector(), kind: PersonalFileKind.Printers)];

        var explained = AdditionRules.Explain(additions, s_host, [s_win11]);

        Assert.Equal(["printers", "Printers"], explained.Select(one => one.Addition.Path));
        Assert.Equal([additions[0].Id, null], explained.Select(one => one.ReplacedBy));
        Assert.Equal("Printers", Assert.Single(For(additions, s_win11)).Path);
    }

    [Fact]
    public void A_condition_on_the_system_means_its_partitions_only()
    {
        var files = For([Of("a.reg", new Selector(Os: OperatingSystem.Win10), kind: PersonalFileKind.Registry), Of("b.reg", new Selector(), kind: PersonalFileKind.Registry)], s_win11, s_win10);

        Assert.Equal([("b.reg", null, null), ("a.reg", 1, 4)], files.Select(file => (file.Path, file.Disk, file.Number)));
    }

    [Theory]
    [InlineData(PersonalFileKind.Setup, true, false, false)]
    [InlineData(PersonalFileKind.Registry, true, false, false)]
    [InlineData(PersonalFileKind.JoinScript, true, false, false)]
    [InlineData(PersonalFileKind.Driver, true, false, false)]
    [InlineData(PersonalFileKind.Printers, true, false, false)]
    [InlineData(PersonalFileKind.SshKey, false, true, false)]
    [InlineData(PersonalFileKind.PostScript, true, true, false)]
    [InlineData(PersonalFileKind.Overlay, true, true, true)]
    [InlineData(PersonalFileKind.BeforeJob, true, true, true)]
    [InlineData(PersonalFileKind.AfterJob, true, true, true)]
    public void A_file_that_no_system_of_a_host_can_take_is_not_for_it(PersonalFileKind kind, bool windows, bool linux, bool nothing)
    {
        Addition[] additions = [Of("x", new Selector(), kind: kind)];

        Assert.Equal([windows, linux, nothing], [For(additions, s_win11).Count == 1, For(additions, s_linux).Count == 1, For(additions).Count == 1]);
    }

    [Fact]
    public void A_file_for_one_partition_goes_to_that_one_if_it_is_restored()
    {
        Addition At(PersonalFileKind kind, int number) => Of("x", new Selector(), kind: kind) with { Disk = 1, Number = number };

        Assert.Equal(3, Assert.Single(For([At(PersonalFileKind.Setup, 3)], s_win11)).Number);
        Assert.Empty(For([At(PersonalFileKind.Setup, 4)], s_win11));

        // A partition of data can have a script of ours.
        Assert.Equal(4, Assert.Single(For([At(PersonalFileKind.PostScript, 4)], s_win11)).Number);
    }

    private static IReadOnlyList<PersonalFile> For(IEnumerable<Addition> additions, params PersonalSystem[] systems) => AdditionRules.For(additions, s_host, systems);

    private static Addition Of(string path, Selector selector, int order = Addition.UsualOrder, PersonalFileKind kind = PersonalFileKind.Setup) => new()
    {
        Id = "id-of-" + path,
        Order = order,
        Kind = kind,
        Path = path,
        Content = ContentId.Of([1]),
        Size = 1,
        For = selector,
        ChangedBy = "anna",
        ChangedAt = DateTimeOffset.UnixEpoch,
    };
}
