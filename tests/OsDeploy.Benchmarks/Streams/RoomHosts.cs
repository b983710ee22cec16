using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Benchmarks.Machine;
using OsDeploy.Lab.Wires;
using OsDeploy.Text;

namespace OsDeploy.Benchmarks.Streams;

/// <summary>The computers of a room: each the real agent in a network of its own, with an identity and a disk that only it has.</summary>
/// <param name="first">Number of the first one: an appliance that has met others before meets new ones.</param>
/// <param name="firmware">That the image starts by.</param>
/// <param name="folder">For what the agents keep.</param>
internal sealed class RoomHosts(SwitchedNetwork network, EmptyDisks disks, int first, string firmware, string osdeploy, ServerKey key, string folder)
{
    private readonly Dictionary<int, Task<CommandResult>> _agents = [];

    /// <param name="seat">The first is 1.</param>
    public string NameOf(int seat) => string.Create(CultureInfo.InvariantCulture, $"bench-{first + seat:0000}");

    // Locally administered (IEEE 802): no real card has one.
    public MacAddress MacOf(int seat) => MacAddress.TryParse(string.Create(CultureInfo.InvariantCulture, $"020be5{first + seat:x6}"), out var mac)
        ? mac
        : throw new ArgumentOutOfRangeException(nameof(seat), seat, "It does not fit six digits.");

    public async Task SwitchOnAsync(int seat, string server, CancellationToken cancel)
    {
        var (number, identity) = (first + seat, Path.Combine(folder, NameOf(seat) + ".json"));
        await File.WriteAllTextAsync(
            identity,
            $$"""{"systemUuid":"4c4c4544-00be-4c10-8000-{{number:d12}}","systemSerial":"SYS-{{number}}","boardSerial":"BOARD-{{number}}","macs":["{{MacOf(seat)}}"],"firmware":"{{firmware}}"}""",
            cancel);
        _agents[seat] = network[seat].Start(
            osdeploy, "machine", "--server", server, "--pin", key.ToString(), "--unattended", "--state", Path.Combine(folder, NameOf(seat)),
            "--lab-identity", identity, "--lab-disk", $"{disks[seat - 1]}={NameOf(seat)}");
    }

    /// <summary>As when somebody pulls the plug.</summary>
    public async Task SwitchOffAsync(int seat)
    {
        await network[seat].EndProgramsAsync();
        await _agents[seat];
        _agents.Remove(seat);
    }

    /// <summary>Its processes.</summary>
    public Task<IReadOnlyList<int>> ProcessesAsync(int seat) => network[seat].ProcessesAsync();

    /// <exception cref="UserErrorException"><c>bench-program-ended</c></exception>
    public async Task CheckAsync()
    {
        foreach (var agent in _agents.Values.Where(agent => agent.IsCompleted))
        {
            var result = await agent;
            throw Errors.ProgramEnded("osdeploy machine", result.Output + result.ErrorOutput);
        }
    }
}
