using System.Globalization;
using OsDeploy.Lab.Demo;
using OsDeploy.Lab.Rooms;

namespace OsDeploy.Lab.Verbs;

/// <summary>What can be asked of an open classroom, by its prompt and from other terminals.</summary>
internal sealed class LabDesk(Classroom classroom) : IDisposable
{
    public const string Help = """
        status               the PCs
        pc N on | off        the power button; off pulls the plug
        pc N reset           as its reset button
        pc N screen          its screen, here; Ctrl-] leaves it
        pc N cable out | in  its network cable
        pc N disk master     a disk with a small Linux and a partition as Windows has them
        pc N disk empty      a disk with nothing on it
        console              the appliance's console, here
        osdeploy VERB ...    a verb of its operator, as: osdeploy host list --pending
        quit                 switches all off and closes the classroom; disks and the appliance's data stay

        """;

    private readonly CancellationTokenSource _closed = new();

    /// <summary>Somebody has asked for the end.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <param name="words">A verb and what belongs to it.</param>
    /// <returns>What to show.</returns>
    /// <exception cref="UserErrorException"><c>usage-lab-verb</c>, <c>usage-lab-pc</c>, <c>lab-pc-on</c>, <c>lab-pc-off</c></exception>
    public async Task<string> DoAsync(string[] words, CancellationToken cancel)
    {
        switch (words)
        {
            case ["help"]:
                return Help;
            case ["status"]:
                return Status();
            case ["where"]:
                return classroom.Plan.Folder;
            case ["quit"]:
                await _closed.CancelAsync();
                return "The classroom closes.\n";
            case ["pc", var number, .. var action]:
                await DoAsync(PcOf(number), action, words, cancel);
                return Status();
            default:
                throw LabErrors.NoSuchVerb(string.Join(' ', words));
        }
    }

    public void Dispose() => _closed.Dispose();

    private async Task DoAsync(LabPc pc, string[] action, string[] words, CancellationToken cancel)
    {
        switch (action)
        {
            case ["on"]:
                _ = pc.SwitchOn();
                break;
            case ["off"]:
                await pc.SwitchOffAsync();
                break;
            case ["reset"]:
                await pc.On().CommandAsync("system_reset", cancel);
                break;
            case ["cable", "out"]:
                await pc.On().CommandAsync("set_link n0 off", cancel);
                break;
            case ["cable", "in"]:
                await pc.On().CommandAsync("set_link n0 on", cancel);
                break;
            case ["disk", "master"]:
                await pc.PutMasterDiskAsync(classroom.Plan.Programs.Client, cancel);
                break;
            case ["disk", "empty"]:
                await pc.PutEmptyDiskAsync();
                break;
            default:
                throw LabErrors.NoSuchVerb(string.Join(' ', words));
        }
    }

    private LabPc PcOf(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= classroom.Pcs.Count ? classroom.Pc(n) : throw LabErrors.NoSuchPc(number, classroom.Pcs.Count);

    private string Status() => string.Concat(classroom.Pcs.Select(pc =>
        string.Create(CultureInfo.InvariantCulture, $"PC {pc.Number}  {(pc.IsOn ? "on " : "off")}  {DemoTable.Words(pc.Firmware),-11}  {pc.Mac}\n")));
}
