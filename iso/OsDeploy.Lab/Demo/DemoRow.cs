using OsDeploy.Lab.Pcs;

namespace OsDeploy.Lab.Demo;

/// <summary>What one PC of the demonstration has done.</summary>
/// <param name="ToClient">From the power button until the agent had spoken to the appliance.</param>
/// <param name="Job">What was done to it, and how that ended.</param>
/// <param name="Took">That work.</param>
/// <param name="ToOwnDisk">From the power button until the system of its own disk spoke, everything between included; null: not tried.</param>
/// <param name="Files">How many files are the same as the master's; null: it is the master.</param>
internal sealed record DemoRow(int Pc, PcFirmware Firmware, TimeSpan ToClient, string Job, TimeSpan Took, TimeSpan? ToOwnDisk, int? Files);
