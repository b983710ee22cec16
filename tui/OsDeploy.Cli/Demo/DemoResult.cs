using OsDeploy.Imaging;

namespace OsDeploy.Cli.Demo;

/// <param name="EqualFiles">Files compared by content at the end; all were equal.</param>
internal sealed record DemoResult(
    CaptureReport FirstCapture,
    RestoreReport FirstRestore,
    CaptureReport SecondCapture,
    RestoreReport SecondRestore,
    int EqualFiles);
