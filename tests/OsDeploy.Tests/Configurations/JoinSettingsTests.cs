using System.Text;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Tests.Hosts;
using Xunit;
using static OsDeploy.Tests.Hosts.TestRegistry;

namespace OsDeploy.Tests.Configurations;

public sealed class JoinSettingsTests : IAsyncDisposable
{
    private const string Unit = "OU=B\\, 1,DC=school,DC=local";

    private readonly TestRegistry _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task A_configuration_says_where_its_hosts_belong()
    {
        var added = await _test.Configurations.AddAsync(new NewConfiguration("lab", Join: new JoinSettings(" school.local ", Workgroup: "")), Anna, CancellationToken.None);
        Assert.Equal(new JoinSettings("school.local"), added.Configuration.Join);

        Assert.Equal(new JoinSettings("school.local", Unit, "LAB"), await ChangeAsync(new JoinSettings(MachineOu: Unit, Workgroup: "LAB")));
        Assert.Equal(new JoinSettings("school.local", null, "LAB"), await ChangeAsync(new JoinSettings(MachineOu: "")));
        Assert.Equal(new JoinSettings("school.local", null, "LAB"), await ChangeAsync(null));
        Assert.Null(await ChangeAsync(new JoinSettings("", "", "")));
        Assert.Contains("operator:anna configuration-change lab: name lab, image lab, partitions 0, store own, keep 0, domain school.local, workgroup LAB", _test.Audit);
    }

    [Fact]
    public void A_host_has_its_own_values()
    {
        _test.Add(1, "pc01");

        Assert.Equal(new JoinSettings("-", null, "LAB"), _test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings("-", "", "LAB")), Anna).Host.Join);
        Assert.Equal(new JoinSettings(Workgroup: "LAB"), _test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings("")), Anna).Host.Join);
        Assert.Equal(new JoinSettings(Workgroup: "LAB"), _test.Hosts.Change("pc01", new HostChange(Notes: "x"), Anna).Host.Join);
        Assert.Null(_test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings(Workgroup: "")), Anna).Host.Join);
        Assert.Contains("operator:anna host-change pc01: domain none -> -, workgroup none -> LAB", _test.Audit);
    }

    [Fact]
    public async Task What_Windows_would_stumble_over_is_refused()
    {
        _test.Add(1, "pc01");
        await RefusedAsync("domain-invalid", () => _test.Configurations.AddAsync(new NewConfiguration("lab", Join: new JoinSettings("a b")), Anna, CancellationToken.None));
        Refused("domain-invalid", () => _test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings("a..b")), Anna));
        Refused("ou-invalid", () => _test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings(MachineOu: "rooms")), Anna));
        Refused("workgroup-invalid", () => _test.Hosts.Change("pc01", new HostChange(Join: new JoinSettings(Workgroup: "a/b")), Anna));
    }

    [Fact]
    public void A_list_says_it_too_and_gives_it_back()
    {
        var list = $"mac;name;domain;ou;workgroup\n020000000001;pc01;school.local;{Unit};\n020000000002;pc02;-;;LAB\n020000000003;pc03;;;\n";
        Assert.True(_test.Import(list).IsApplied);

        Assert.Equal([new JoinSettings("school.local", Unit), new JoinSettings("-", null, "LAB"), null], _test.Hosts.List().Select(host => host.Host.Join));
        Assert.All(_test.Import(Encoding.UTF8.GetString(_test.Hosts.Export())).Lines, line => Assert.Equal("same", line.Action));
        Assert.Equal(
            ["2 change pc02: domain - -> school.local"],
            _test.Import("mac;name;domain\n020000000002;;school.local\n").Lines.Select(line => $"{line.Line} {line.Action} {line.Name}: {line.Detail}"));
        Assert.Equal("ou \"rooms\" cannot be one", _test.Import("mac;name;ou\n020000000002;;rooms\n").Lines.Single().Detail);
    }

    private async Task<JoinSettings?> ChangeAsync(JoinSettings? join) =>
        (await _test.Configurations.ChangeAsync("lab", new ConfigurationChange(KeepVersions: 0, Join: join), Anna, CancellationToken.None)).Configuration.Join;
}
