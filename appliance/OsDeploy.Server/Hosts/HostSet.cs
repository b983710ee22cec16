using OsDeploy.Api.Hosts;
using OsDeploy.Storage.Documents;
using OsDeploy.Text;

namespace OsDeploy.Server.Hosts;

/// <summary>All hosts as one transaction sees and changes them, by name and by MAC.</summary>
internal sealed class HostSet
{
    private readonly Dictionary<string, Stored<Host>> _byId = [];
    private readonly Dictionary<ComputerName, string> _byName = [];
    private readonly Dictionary<MacAddress, string> _byMac = [];

    public HostSet(IEnumerable<Stored<Host>> hosts)
    {
        foreach (var host in hosts)
        {
            Put(host);
        }
    }

    public IEnumerable<Stored<Host>> All => _byId.Values;

    /// <exception cref="KeyNotFoundException">There is no host with this id.</exception>
    public Stored<Host> this[string id] => _byId[id];

    public Stored<Host>? Find(ComputerName name) => _byName.TryGetValue(name, out var id) ? _byId[id] : null;

    public Stored<Host>? Find(MacAddress mac) => _byMac.TryGetValue(mac, out var id) ? _byId[id] : null;

    public void Put(Stored<Host> host)
    {
        if (_byId.TryGetValue(host.Value.Id, out var before))
        {
            Forget(before.Value);
        }

        _byId[host.Value.Id] = host;
        _byName[host.Value.Name] = host.Value.Id;
        foreach (var mac in host.Value.Identity.Macs)
        {
            _byMac[mac] = host.Value.Id;
        }
    }

    /// <exception cref="UserErrorException"><c>host-name-taken</c>, <c>host-mac-taken</c></exception>
    public void ThrowIfTaken(Host host)
    {
        if (Find(host.Name) is { Value: var namesake } && namesake.Id != host.Id)
        {
            throw HostErrors.NameTaken(host.Name.ToString());
        }

        foreach (var mac in host.Identity.Macs)
        {
            if (Find(mac) is { Value: var owner } && owner.Id != host.Id)
            {
                throw HostErrors.MacTaken(mac, owner.Name.ToString());
            }
        }
    }

    /// <summary>The first name of a pattern that no host and nothing in <paramref name="reserved"/> has.</summary>
    /// <exception cref="UserErrorException"><c>host-names-used-up</c></exception>
    public ComputerName FreeName(NamePattern pattern, IReadOnlySet<ComputerName> reserved) =>
        TryFreeName(pattern, reserved) ?? throw HostErrors.NamesUsedUp(pattern.ToString());

    /// <inheritdoc cref="FreeName"/>
    /// <returns>Null: every name is in use.</returns>
    public ComputerName? TryFreeName(NamePattern pattern, IReadOnlySet<ComputerName> reserved)
    {
        foreach (var name in pattern.Names())
        {
            if (!_byName.ContainsKey(name) && !reserved.Contains(name))
            {
                return name;
            }
        }

        return null;
    }

    // Of two hosts that swap a name or a card one is written first: what it took is not to be lost with the other's old value.
    private void Forget(Host host)
    {
        if (_byName.GetValueOrDefault(host.Name) == host.Id)
        {
            _byName.Remove(host.Name);
        }

        foreach (var mac in host.Identity.Macs.Where(mac => _byMac.GetValueOrDefault(mac) == host.Id))
        {
            _byMac.Remove(mac);
        }
    }
}
