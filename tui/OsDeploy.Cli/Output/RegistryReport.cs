using OsDeploy.Windows;

namespace OsDeploy.Cli.Output;

/// <param name="IsWritten">False: it was only shown.</param>
internal sealed record RegistryReport(bool IsWritten, IReadOnlyList<RegistryChange> Changes);
