using OsDeploy.Lab.Pcs;

namespace OsDeploy.Lab.Rooms;

/// <param name="Network">Name of the private network.</param>
/// <param name="Folder">Keeps disks, what firmware remembers, and what the appliance knows; with a short path.</param>
/// <param name="Boot">Folder that programs without rights can read.</param>
/// <param name="Pcs">The firmware of each.</param>
/// <param name="HasSchool">A DHCP server of the school is there, and the appliance serves beside it; else the appliance is the DHCP server.</param>
/// <param name="Medium">What the appliance is started from, on a computer of its own; null: its programs run on this one.</param>
internal sealed record ClassroomPlan(string Network, string Folder, string Boot, LabPrograms Programs, IReadOnlyList<PcFirmware> Pcs, bool HasSchool, string? Medium = null);
